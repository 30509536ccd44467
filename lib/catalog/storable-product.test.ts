import { describe, expect, it } from "vitest";
import { product } from "./catalog.fixture.ts";
import { storable } from "./storable-product.ts";

describe("storable", () => {
  it("leaves an ordinary product as it is", () => {
    const ordinary = product("p", { price: "0.9549", stock: 0, maxQuantity: 5, faceValue: "5" });
    expect(storable(ordinary)).toEqual(ordinary);
  });

  it("takes absurd counts for plenty, and an absurd face value for none", () => {
    const absurd = product("p", { stock: 2 ** 53 - 1, maxQuantity: 2 ** 40, faceValue: "1e29" });
    expect(storable(absurd)).toMatchObject({
      stock: 2_147_483_647,
      maxQuantity: 2_147_483_647,
      faceValue: null,
    });
  });

  it("leaves out what can't be sold", () => {
    expect(storable(product("p", { price: "100000000000000" }))).toBeNull();
    expect(storable(product("p", { minQuantity: 2 ** 40 }))).toBeNull();
  });
});
