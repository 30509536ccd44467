import { describe, expect, it } from "vitest";
import {
  addressOf,
  codeQueryOf,
  isNarrowed,
  type RawCodeFilter,
  readCodeFilter,
  stockQueryOf,
  writeCodeFilter,
} from "#components/codes/code-list-filter.ts";

const id = "01998a3e-7c00-7000-8000-00000000000a";
const raw = (more: Partial<RawCodeFilter> = {}): RawCodeFilter => ({
  product: null,
  state: null,
  search: null,
  expiring: null,
  mock: null,
  products: null,
  after: null,
  ...more,
});

describe("the inventory's filter in the address", () => {
  it("takes the id of a supplier's product, a digest that is no version of a UUID", () => {
    const product = "12728023-204f-ce24-8f0f-c6e68767a137";
    expect(readCodeFilter(raw({ product })).product).toBe(product);
    expect(readCodeFilter(raw({ product: "junk" })).product).toBeNull();
  });

  it("comes back as it was", () => {
    const filter = readCodeFilter(
      raw({ product: id, state: "bad,reserved", search: "steam & co", mock: "only", after: "a~b" }),
    );
    expect(readCodeFilter(writeCodeFilter(filter))).toEqual(filter);
    expect(addressOf(filter)).toBe(
      `product=${id}&state=reserved%2Cbad&search=steam+%26+co&mock=only&after=a%7Eb`,
    );
  });

  it("leaves junk out", () => {
    const junk = { product: "../etc", state: "stolen", search: " ", expiring: "yes", mock: "both" };
    const filter = readCodeFilter(raw({ ...junk, products: "some", after: "x".repeat(201) }));
    expect(addressOf(filter)).toBe("");
    expect(isNarrowed(filter)).toBe(false);
  });

  it("tells apart what the list and the products above it depend on", () => {
    const filter = readCodeFilter(
      raw({ search: "steam", expiring: "1", products: "all", after: id }),
    );
    expect(codeQueryOf(filter)).toBe(`search=steam&expiring=1&after=${id}`);
    expect(stockQueryOf(filter)).toBe("search=steam&products=all");
    expect(isNarrowed(readCodeFilter(raw({ products: "all", after: id })))).toBe(false);
  });
});
