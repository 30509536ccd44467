import { expect, it } from "vitest";
import { openSimulator } from "./testing/open-simulator.ts";

const items = [{ product: "test-plain-codes", quantity: 2 }];

it("is placed and paid by somebody else, like any order of the account", async () => {
  const { control, get, read, balance, clock } = await openSimulator();
  const placed = await control("POST", "/orders", { items, pay: true });
  expect(placed).toMatchObject({ status: 201, json: { status: "paid", totalPrice: "1.0000" } });
  expect((await get("/api/orders/")).json.items).toMatchObject([{ id: placed.json.id }]);
  expect((await balance("usd")).reserved).toBe("1.0000");
  clock.now += 60_000;
  expect((await read(placed.json.id)).json.items[0].externalData).toHaveLength(2);
  expect((await control("GET", "/truth")).json.orders).toMatchObject([
    { origin: "foreign", paidCount: 1 },
  ]);
});

it("may stay unpaid, be a mock, carry a note, or be in rubles", async () => {
  const { control } = await openSimulator();
  expect((await control("POST", "/orders", { items })).json.status).toBe("active");
  const mock = await control("POST", "/orders", { items, isMock: true, pay: true });
  expect(mock.json).toMatchObject({ status: "paid", isMock: true });
  const note = { login: "a", player_id: 1, amount: "1", email: "a@b.co", server: "Asia" };
  const noted = await control("POST", "/orders", {
    items: [{ product: "test-every-note-field", note }],
    currency: "rub",
  });
  expect(noted.json).toMatchObject({ currency: "rub", items: [{ note, quantity: 1 }] });
});

it("is refused as the supplier refuses, and meets no rule", async () => {
  const { control, rule } = await openSimulator();
  await rule({ refuse: { status: 418 }, fail: {} });
  expect((await control("POST", "/orders", { items })).status).toBe(201);
  const many = [{ product: "test-plain-codes", quantity: 9_999 }];
  expect((await control("POST", "/orders", { items: many })).status).toBe(422);
  expect((await control("POST", "/orders", { items: [{ product: "nope" }] })).status).toBe(404);
  expect((await control("POST", "/orders", { items: [] })).json.error).toContain("items");
  await control("POST", "/balance", { currency: "usd", available: "0" });
  const unpaid = await control("POST", "/orders", { items, pay: true });
  expect(unpaid).toMatchObject({ status: 400, json: { code: "BALANCE_NOT_ENOUGH" } });
});

it("is paid by its creation where creating charges", async () => {
  const { control } = await openSimulator({ createCharges: true });
  expect((await control("POST", "/orders", { items, pay: true })).status).toBe(201);
  expect((await control("GET", "/truth")).json.orders[0].paidCount).toBe(1);
});
