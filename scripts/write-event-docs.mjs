/** Writes `docs/events`: `node --import tsx scripts/write-event-docs.mjs`, after a change of `lib/events/schemas.ts`. */
import { mkdirSync, writeFileSync } from "node:fs";
import { eventDocumentation } from "#lib/events/documentation.ts";

const folder = new URL("../docs/events/", import.meta.url);
mkdirSync(folder, { recursive: true });
for (const [name, text] of eventDocumentation()) writeFileSync(new URL(name, folder), text);
