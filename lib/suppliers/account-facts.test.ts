import { expect, it } from "vitest";
import { accountFacts } from "./account-facts.ts";

it("tells each value under its path, and a product by its name at the supplier", () => {
  const config = {
    baseUrl: "https://supplier.example/api",
    paths: { order: "/orders/{id}", find: null },
    webhookForms: ["plain", "encrypted"],
    products: [
      { sku: "a", price: "1" },
      { id: "b", asksForWallet: true },
    ],
  };
  expect(accountFacts("Second", config)).toEqual({
    name: "Second",
    baseUrl: "https://supplier.example/api",
    "paths.order": "/orders/{id}",
    "paths.find": null,
    "webhookForms.0": "plain",
    "webhookForms.1": "encrypted",
    "products.a.sku": "a",
    "products.a.price": "1",
    "products.b.id": "b",
    "products.b.asksForWallet": true,
  });
});

it("tells nothing of a sign-in or query in an address, and no more of a text than fits", () => {
  const told = accountFacts("A", {
    baseUrl: "https://shop:hunter2@supplier.example/x",
    paths: { balance: "/balance?key=hunter2\n&more" },
    prefix: "p".repeat(1_000),
  });
  expect(JSON.stringify(told)).not.toContain("hunter2");
  expect(told).toMatchObject({
    baseUrl: "https://…@supplier.example/x",
    "paths.balance": "/balance?…",
    prefix: "p".repeat(200),
  });
});

it("takes whatever stands in a row", () => {
  for (const config of [null, {}, []])
    expect(accountFacts("A", config)).toMatchObject({ name: "A" });
});
