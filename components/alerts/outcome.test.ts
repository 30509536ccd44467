import { describe, expect, it } from "vitest";
import { undoOf } from "#components/alerts/outcome.ts";

const seen = [
  { id: "a", version: 3 },
  { id: "b", version: 0 },
];

describe("undoOf", () => {
  it("takes back what was done, on the version that the decision made", () => {
    expect(undoOf("acknowledge", seen, ["a", "b"])).toEqual({
      decision: { kind: "wake" },
      alerts: [
        { id: "a", version: 4 },
        { id: "b", version: 1 },
      ],
    });
    expect(undoOf("resolve", seen, ["b"])).toEqual({
      decision: { kind: "reopen" },
      alerts: [{ id: "b", version: 1 }],
    });
  });

  it("is none where nothing was done, or there is no way back", () => {
    expect(undoOf("snooze", seen, [])).toBeNull();
    expect(undoOf("acknowledge", [], ["a"])).toBeNull();
    expect(undoOf("note", seen, ["a"])).toBeNull();
  });
});
