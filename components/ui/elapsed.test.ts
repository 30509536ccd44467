import { describe, expect, it } from "vitest";
import { elapsed } from "#components/ui/elapsed.ts";

describe("elapsed", () => {
  it.each([
    [-5_000, { unit: "now" }],
    [Number.NaN, { unit: "now" }],
    [1_999, { unit: "now" }],
    [2_000, { unit: "second", count: 2 }],
    [59_999, { unit: "second", count: 59 }],
    [60_000, { unit: "minute", count: 1 }],
    [3_599_999, { unit: "minute", count: 59 }],
    [3_600_000, { unit: "hour", count: 1 }],
    [86_399_999, { unit: "hour", count: 23 }],
    [86_400_000, { unit: "day", count: 1 }],
    [40 * 86_400_000, { unit: "day", count: 40 }],
  ])("%d ms", (milliseconds, expected) => {
    expect(elapsed(milliseconds)).toEqual(expected);
  });
});
