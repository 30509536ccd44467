import { describe, expect, it } from "vitest";
import { parseProductFilter } from "./product-filter.ts";

const parse = (query: Record<string, string>) => parseProductFilter(new URLSearchParams(query));

describe("parseProductFilter", () => {
  it("reads what was asked", () => {
    const asked = { search: "steam 5", category: "c-1", region: "IN" };
    expect(parse({ ...asked, page: "3" })).toEqual(asked);
  });

  it("drops junk, whatever it is", () => {
    expect(parse({ search: "  ", category: "", region: "x".repeat(101) })).toEqual({});
    expect(parse({ search: "a\u0000", category: "\u0000", region: "\u0000" })).toEqual({});
    expect(parse({ search: "x".repeat(201) })).toEqual({});
  });
});
