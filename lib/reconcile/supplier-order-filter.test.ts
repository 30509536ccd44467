import { describe, expect, it } from "vitest";
import { reasonText } from "#lib/platform/reason.ts";
import { earliestThere } from "./list-schedule.ts";
import { parseSupplierOrderFilter } from "./supplier-order-filter.ts";

describe("the filter in the address", () => {
  it.each([
    [{}, {}],
    [{ show: "foreign" }, { show: "foreign" }],
    [{ show: "predates" }, {}],
    [{ show: "" }, {}],
    [{ search: "  AB-1 " }, { search: "AB-1" }],
    [{ search: "x".repeat(201) }, {}],
    [{ after: "x".repeat(301) }, {}],
    [{ other: "junk" }, {}],
  ])("%j is %j", (params, filter) => {
    expect(parseSupplierOrderFilter(params)).toEqual(filter);
    expect(parseSupplierOrderFilter(new URLSearchParams(params as never))).toEqual(filter);
  });
});

describe("a reason", () => {
  it.each([
    ["abc", "abc"],
    ["  because  ", "because"],
    ["one\ntwo", "one two"],
    ["\u0000so\ud800 it is", "so  it is"],
    ["x".repeat(500), "x".repeat(500)],
    ["कारण", "कारण"],
  ])("%j is kept as %j", (typed, kept) => {
    expect(reasonText(typed)).toBe(kept);
  });

  it.each(["", "ab", "   ", "a \n ", "x".repeat(501)])("%j is none", (typed) => {
    expect(() => reasonText(typed)).toThrow(expect.objectContaining({ code: "invalid" }));
  });
});

describe("a time of ours on the supplier's clock, at the earliest", () => {
  const ours = new Date("2026-11-21T06:00:00Z");
  it.each([
    [0, "2026-11-21T05:58:00.000Z"],
    [600_000, "2026-11-21T06:08:00.000Z"],
    [-600_000, "2026-11-21T05:48:00.000Z"],
    [null, "2026-11-21T05:45:00.000Z"],
  ])("with a clock off by %j ms", (offset, there) => {
    expect(earliestThere(ours, offset).toISOString()).toBe(there);
  });
});
