import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SupplierOrderItem } from "#lib/suppliers/port.ts";
import { matchItems } from "./match-items.ts";

const ours = (...products: string[]) => products.map((externalId) => ({ externalId }));

function theirs(productId: string | null, ...values: string[]): SupplierOrderItem {
  const codes = values.map((value, position) => ({ position, value, raw: value }));
  return { productId, quantity: values.length, note: null, error: null, codes };
}

/** The values that each of our items is given, with their places where these are not 0, 1, 2 … */
const given = (items: { externalId: string }[], seen: SupplierOrderItem[]) =>
  matchItems(items, seen).map(
    ({ observed }) => observed?.codes.map(({ position, value }) => `${position}${value}`) ?? null,
  );

describe("matchItems", () => {
  it("keeps the order of the lines", () => {
    expect(given(ours("a", "b"), [theirs("a", "x"), theirs("b", "y")])).toEqual([["0x"], ["0y"]]);
  });

  it("keeps the order of two lines of one product", () => {
    expect(given(ours("a", "a"), [theirs("a", "x"), theirs("a", "y")])).toEqual([["0x"], ["0y"]]);
  });

  it("goes by order where the answer doesn't name the products", () => {
    expect(given(ours("a", "b"), [theirs(null, "x"), theirs("b", "y")])).toEqual([["0x"], ["0y"]]);
  });

  it("goes by product where the order is another", () => {
    expect(given(ours("a", "b"), [theirs("b", "y"), theirs("a", "x")])).toEqual([["0x"], ["0y"]]);
  });

  it("leaves an item alone that the answer doesn't show", () => {
    expect(given(ours("a", "b"), [theirs("b", "y")])).toEqual([null, ["0y"]]);
    expect(given(ours("a", "b"), [])).toEqual([null, null]);
  });

  it("gives a line under an unheard-of product to the item that has none", () => {
    expect(given(ours("a"), [theirs("offer-7", "x")])).toEqual([["0x"]]);
    expect(given(ours("a", "b"), [theirs("offer-7", "x"), theirs("a", "y")])).toEqual([
      ["0y"],
      ["0x"],
    ]);
  });

  it("joins a line that was split in two, behind the places of the first part", () => {
    const split = [theirs("a", "x", "y"), theirs("b", "u"), theirs("a", "z")];
    expect(given(ours("a", "b"), split)).toEqual([["0x", "1y", "2z"], ["0u"]]);
  });

  it("keeps the places of a split line while its first part is still empty", () => {
    const early = [{ ...theirs("a"), quantity: 2 }, theirs("a", "z")];
    expect(given(ours("a"), early)).toEqual([["2z"]]);
  });

  it("never loses a code, never gives one twice, and never puts two in one place", () => {
    const product = fc.constantFrom("a", "b", "c");
    const line = fc.record({
      product: fc.option(fc.oneof(product, fc.constant("elsewhere"))),
      size: fc.nat(3),
    });
    const baskets = fc.tuple(
      fc.array(product, { minLength: 1, maxLength: 4 }),
      fc.array(line, { maxLength: 6 }),
    );
    fc.assert(
      fc.property(baskets, ([products, lines]) => {
        const seen = lines.map(({ product, size }, index) =>
          theirs(product, ...Array.from({ length: size }, (_, code) => `-${index}-${code}`)),
        );
        const pairs = matchItems(ours(...products), seen);
        const places = pairs.flatMap(({ observed }, item) =>
          (observed?.codes ?? []).map(({ position }) => `${item}/${position}`),
        );
        const values = pairs.flatMap(({ observed }) =>
          (observed?.codes ?? []).map(({ value }) => value),
        );
        expect(values.sort()).toEqual(
          seen.flatMap(({ codes }) => codes.map((c) => c.value)).sort(),
        );
        expect(new Set(places).size).toBe(places.length);
      }),
      { seed: 20_261_121, numRuns: 500 },
    );
  });
});
