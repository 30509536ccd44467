import { describe, expect, it } from "vitest";
import { fromLocalInput, toLocalInput } from "#components/deliveries/local-instant.ts";

describe("instants in a form", () => {
  it("come back as they were, to the minute", () => {
    const at = "2026-11-21T20:05:00.000Z";
    expect(fromLocalInput(toLocalInput(at))).toBe(at);
    expect(toLocalInput("2026-11-21T20:05:42.123Z")).toBe(toLocalInput(at));
  });

  it("are none while they aren't whole", () => {
    expect(toLocalInput(null)).toBe("");
    for (const text of ["", "2026-", "0002-01-01T00:00"]) expect(fromLocalInput(text)).toBeNull();
  });
});
