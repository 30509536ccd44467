import { describe, expect, test } from "vitest";
import type { Json } from "../port.ts";
import { mapCategory } from "./map-category.ts";
import { mapProduct } from "./map-product.ts";

const product = (fields: { [key: string]: Json }) =>
  mapProduct({ id: "product_1", price: "1", ...fields }, "USD");

describe("mapProduct", () => {
  test("reads a full product", () => {
    const answer: Json = {
      id: "product_01jabcdefghijklmnopqrstuv",
      name: "Steam Wallet 10 EUR",
      slug: "steam-wallet-10-eur",
      description: "Code for\nEurope",
      categoryId: "0190d2c4-0000-7000-8000-000000000001",
      attributes: {
        countryCode: "DE",
        region: "Europe",
        faceValueAmount: 10,
        faceValueCurrency: "eur",
      },
      price: 9.5499,
      currency: "usd",
      quantity: 17,
      orderMinQuantity: 1,
      orderMaxQuantity: 300,
      requiredNoteFields: ["login"],
      noteFieldTypes: { login: "email" },
      noteFieldOptions: {},
      isService: false,
      deliveryType: "code",
      userGuide: "Redeem it.",
    };
    expect(mapProduct(answer, "EUR")).toEqual({
      id: "product_01jabcdefghijklmnopqrstuv",
      name: "Steam Wallet 10 EUR",
      slug: "steam-wallet-10-eur",
      description: "Code for\nEurope",
      categoryId: "0190d2c4-0000-7000-8000-000000000001",
      region: "DE",
      faceValue: "10",
      faceCurrency: "EUR",
      price: "9.5499",
      currency: "USD",
      stock: 17,
      minQuantity: 1,
      maxQuantity: 300,
      noteFields: [{ name: "login", type: "email", options: [] }],
      isService: false,
      userGuide: "Redeem it.",
    });
  });

  test("needs an id and a price, and nothing else", () => {
    expect(product({})).toEqual({
      id: "product_1",
      name: "product_1",
      slug: null,
      description: null,
      categoryId: null,
      region: null,
      faceValue: null,
      faceCurrency: null,
      price: "1",
      currency: "USD",
      stock: null,
      minQuantity: 1,
      maxQuantity: null,
      noteFields: [],
      isService: false,
      userGuide: null,
    });
    for (const price of [null, "", "free", "1,50", "$1", -1, "-0.5", {}, [], "NaN", "1e99"]) {
      expect(product({ price }), String(price)).toBeNull();
    }
    expect(mapProduct({ price: "1" }, "USD")).toBeNull();
    expect(mapProduct("product_1", "USD")).toBeNull();
  });

  test.each<[Json, string]>([
    ["0.9549", "0.9549"],
    [0.9549, "0.9549"],
    ["0.95490000", "0.95490000"],
    [0, "0"],
    [1e-7, "0.0000001"],
    [1e21, "1000000000000000000000"],
    ["1e3", "1000"],
    [" 5 ", "5"],
    ["+5", "5"],
  ])("price %j is %s", (price, expected) => {
    expect(product({ price })?.price).toBe(expected);
  });

  test.each<[Json, number | null]>([
    [0, 0],
    [5, 5],
    ["5", 5],
    [null, null],
    [-1, null],
    [1.5, null],
    ["many", null],
    [1e300, null],
  ])("quantity %j is stock %s", (quantity, stock) => {
    expect(product({ quantity })?.stock).toBe(stock);
  });

  test("limits that make no sense are no limits", () => {
    expect(product({ orderMinQuantity: 0, orderMaxQuantity: 0 })).toMatchObject({
      minQuantity: 1,
      maxQuantity: null,
    });
    expect(product({ orderMinQuantity: 5, orderMaxQuantity: 3 })).toMatchObject({
      minQuantity: 5,
      maxQuantity: null,
    });
    expect(product({ orderMinQuantity: "2", orderMaxQuantity: "2" })).toMatchObject({
      minQuantity: 2,
      maxQuantity: 2,
    });
  });

  test.each<[Json, object]>([
    [
      { country_code: "US", amount: "25.00", currency: "USD" },
      { region: "US", faceValue: "25.00", faceCurrency: "USD" },
    ],
    [
      { region: ["DE", "FR"], faceValue: { amount: 5, currency: "EUR" } },
      { region: "DE, FR", faceValue: "5", faceCurrency: "EUR" },
    ],
    [
      [
        { key: "Country Code", value: "IN" },
        { name: "face-value", value: 100 },
      ],
      { region: "IN", faceValue: "100", faceCurrency: null },
    ],
    [
      { countryCode: null, region: "Global", amount: "ten" },
      { region: "Global", faceValue: null },
    ],
    ["US", { region: null, faceValue: null, faceCurrency: null }],
    [[null, 5, {}], { region: null }],
  ])("attributes %j", (attributes, expected) => {
    expect(product({ attributes })).toMatchObject(expected);
  });

  test.each<[{ [key: string]: Json }, boolean]>([
    [{ isService: true, deliveryType: "code" }, true],
    [{ isService: false, deliveryType: "topup" }, false],
    [{ deliveryType: "topup" }, true],
    [{ deliveryType: "TOP_UP" }, true],
    [{ deliveryType: "direct-top-up" }, true],
    [{ isService: "yes", deliveryType: "service" }, true],
    [{ deliveryType: "code" }, false],
    [{ deliveryType: 5 }, false],
  ])("%j is a service: %s", (fields, expected) => {
    expect(product(fields)?.isService).toBe(expected);
  });

  test("note fields", () => {
    const fields = product({
      requiredNoteFields: [
        "a",
        "b",
        "c",
        "d",
        "e",
        "f",
        "a",
        "",
        5,
        "constructor",
        { name: "g" },
        "x\0",
      ],
      noteFieldTypes: { a: "integer", b: "number", c: "select", d: "colour", e: "string" },
      noteFieldOptions: {
        c: ["EU", 2, { value: "US", label: "America" }, "EU", null],
        e: ["one"],
        f: { k1: "One" },
      },
    })?.noteFields;
    expect(fields).toEqual([
      { name: "a", type: "integer", options: [] },
      { name: "b", type: "number", options: [] },
      { name: "c", type: "select", options: ["EU", "2", "US"] },
      { name: "d", type: "string", options: [] },
      { name: "e", type: "select", options: ["one"] },
      { name: "f", type: "select", options: ["k1"] },
      { name: "constructor", type: "string", options: [] },
      { name: "g", type: "string", options: [] },
    ]);
    expect(
      product({ requiredNoteFields: ["a"], noteFieldTypes: { a: "select" } })?.noteFields,
    ).toEqual([{ name: "a", type: "string", options: [] }]);
    expect(product({ requiredNoteFields: "login" })?.noteFields).toEqual([]);
  });
});

test("mapCategory", () => {
  expect(
    mapCategory({ id: "c", name: "Cards", slug: "cards", parentId: "p", hasProducts: false }),
  ).toEqual({
    id: "c",
    name: "Cards",
    slug: "cards",
    parentId: "p",
    hasProducts: false,
  });
  expect(mapCategory({ id: 5, name: null, parentId: null })).toEqual({
    id: "5",
    name: "5",
    slug: "5",
    parentId: null,
    hasProducts: true,
  });
  expect(mapCategory({ name: "Cards" })).toBeNull();
});
