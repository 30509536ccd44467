import { describe, expect, it } from "vitest";
import { parseCodeFilter } from "./code-filter.ts";

describe("parseCodeFilter", () => {
  it("reads a URL, or what a page got of one", () => {
    const after = "01a1fced-0399-7167-9e1d-5bee43ff142e";
    const expected = { search: "steam 5", mock: "only", after };
    expect(parseCodeFilter(new URLSearchParams({ ...expected, page: "2" }))).toEqual(expected);
    expect(parseCodeFilter(expected)).toEqual(expected);
  });

  it("drops junk, whatever it is", () => {
    const junk = { search: "a\u0000b", mock: "all", after: "1' or '1'='1" };
    expect(parseCodeFilter(new URLSearchParams(junk))).toEqual({});
    expect(parseCodeFilter({ search: "x".repeat(201), mock: "", after: "" })).toEqual({});
    expect(parseCodeFilter({ search: ["a", "b"] } as never)).toEqual({});
    expect(parseCodeFilter({})).toEqual({});
  });
});
