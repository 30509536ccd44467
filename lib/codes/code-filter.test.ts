import { describe, expect, it } from "vitest";
import { parseCodeFilter } from "./code-filter.ts";
import { parseStockFilter } from "./read-stock.ts";

const product = "01a1fced-0399-7167-9e1d-5bee43ff142e";

describe("parseCodeFilter", () => {
  it("reads a URL, or what a page got of one", () => {
    const text = { product, search: "steam 5", expiring: "1", mock: "only", after: product };
    const expected = { ...text, state: ["reserved", "bad"] };
    const raw = { ...text, state: "bad,reserved,stolen" };
    expect(parseCodeFilter(new URLSearchParams({ ...raw, page: "2" }))).toEqual(expected);
    expect(parseCodeFilter(raw)).toEqual(expected);
  });

  it("takes the ids of suppliers' products, which are digests and no version of a UUID", () => {
    const digest = "12728023-204f-ce24-8f0f-c6e68767a137";
    expect(parseCodeFilter({ product: digest })).toEqual({ product: digest });
    expect(parseStockFilter(new URLSearchParams({ product: digest }))).toEqual({ product: digest });
  });

  it("drops junk, whatever it is", () => {
    const junk = {
      product: "1' or '1'='1",
      state: "stolen",
      search: "a\u0000b",
      expiring: "2",
      mock: "all",
      after: "x".repeat(101),
    };
    expect(parseCodeFilter(new URLSearchParams(junk))).toEqual({});
    expect(parseCodeFilter({ search: "x".repeat(201), mock: "", after: "" })).toEqual({});
    expect(parseCodeFilter({ search: ["a", "b"] } as never)).toEqual({});
    expect(parseCodeFilter({})).toEqual({});
  });
});
