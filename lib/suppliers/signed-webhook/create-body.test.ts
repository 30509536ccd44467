import { expect, test } from "vitest";
import type { NewSupplierOrder } from "../port.ts";
import type { SignedWebhookInput } from "./config.ts";
import { createBody } from "./create-body.ts";
import { configured } from "./mapped.fixture.ts";

const ORDER: NewSupplierOrder = {
  reference: "ref-1",
  items: [
    { productId: "card-10", quantity: 2, note: {} },
    { productId: "card-25", quantity: 1, note: null },
  ],
  isMock: false,
  totalPrice: "12.50",
  currency: "usd",
};

const made = (order: NewSupplierOrder, create: SignedWebhookInput["create"] = {}) => {
  const said = createBody(order, configured({ create }));
  return said.ok ? JSON.parse(said.body) : said.why;
};

test("as the common guide has it", () => {
  expect(made(ORDER)).toEqual({
    reference: "ref-1",
    items: [
      { sku: "card-10", quantity: 2 },
      { sku: "card-25", quantity: 1 },
    ],
  });
});

test("with all that may be said, under other names", () => {
  const create = {
    reference: "RequestId",
    items: "Products",
    sku: "ProductId",
    quantity: "Quantity",
    note: "Fields",
    currency: "Currency",
    total: "Total",
    isMock: "Sandbox",
    constants: { AccountId: 7, Total: "never this" },
  };
  const items = [{ productId: "topup", quantity: 1, note: { login: "नमस्ते", server: 3 } }];
  expect(made({ ...ORDER, items, isMock: true }, create)).toEqual({
    AccountId: 7,
    RequestId: "ref-1",
    Products: [{ ProductId: "topup", Quantity: 1, Fields: { login: "नमस्ते", server: 3 } }],
    Currency: "USD",
    Total: "12.50",
    Sandbox: true,
  });
});

test("with one line an order, beside the reference", () => {
  const items = [{ productId: "card-10", quantity: 2, note: null }];
  expect(made({ ...ORDER, items }, { items: null })).toEqual({
    reference: "ref-1",
    sku: "card-10",
    quantity: 2,
  });
});

test.each<[string, Partial<NewSupplierOrder>, SignedWebhookInput["create"]]>([
  ["a mock order that would be bought for real", { isMock: true }, {}],
  ["another currency", { currency: "EUR" }, {}],
  ["two lines where one is taken", {}, { items: null }],
  ["none", { items: [] }, {}],
  ["a field that has no place", { items: [{ productId: "a", quantity: 1, note: { x: 1 } }] }, {}],
])("never sent: %s", (_, wrong, create) => {
  expect(made({ ...ORDER, ...wrong }, create)).toEqual(expect.any(String));
});
