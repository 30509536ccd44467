import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { eventDocumentation } from "./documentation.ts";
import { exampleOf } from "./examples.ts";
import { EVENT_MEANINGS, messageSchema } from "./schemas.ts";
import { ALL_EVENT_TYPES } from "./types.ts";

const folder = new URL("../../docs/events/", import.meta.url);

describe("docs/events", () => {
  it("is what the schemas say; if not, run `node --import tsx scripts/write-event-docs.mjs`", () => {
    const documents = eventDocumentation();
    expect(readdirSync(folder).sort()).toEqual([...documents.keys()].sort());
    for (const [name, text] of documents) {
      // However it is laid out.
      expect(JSON.parse(readFileSync(new URL(name, folder), "utf8"))).toEqual(JSON.parse(text));
    }
  });

  it.each(ALL_EVENT_TYPES)("has an example of %s that is one, and a line of its own", (type) => {
    expect(messageSchema(type).parse(exampleOf(type))).toEqual(exampleOf(type));
    const page = readFileSync(new URL("../events.md", folder), "utf8");
    expect(page).toContain(`[\`${type}\`](events/${type}.json)`);
    expect(page).toContain(EVENT_MEANINGS[type]);
  });
});
