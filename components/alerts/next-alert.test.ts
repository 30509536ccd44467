import { describe, expect, it } from "vitest";
import { alertAt, nextAlert } from "#components/alerts/next-alert.ts";

const rows = ["a", "b", "c", "d"].map((id) => ({ id }));

describe("nextAlert", () => {
  it.each([
    ["the one below", "b", ["b"], "c"],
    ["the one above the last", "d", ["d"], "c"],
    ["none after the only one left", "a", ["a", "b", "c", "d"], null],
    ["past those that leave with it", "b", ["b", "c"], "d"],
    ["up when all below leave too", "c", ["c", "d"], "b"],
    ["the first where none is open", null, [], "a"],
    ["the first where the open one isn't in the list", "x", ["x"], "a"],
  ])("%s", (_, open, leaving, next) => {
    expect(nextAlert(rows, open, new Set(leaving))).toBe(next);
  });
});

describe("alertAt", () => {
  it.each([
    ["b", 1, "c"],
    ["b", -1, "a"],
    ["d", 1, "d"],
    ["a", -1, "a"],
    [null, 1, "a"],
    ["x", -1, "a"],
  ])("%s by %i is %s", (open, by, to) => {
    expect(alertAt(rows, open, by)).toBe(to);
  });

  it("is null in an empty list", () => {
    expect(alertAt([], "a", 1)).toBeNull();
  });
});
