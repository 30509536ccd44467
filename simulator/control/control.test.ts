import { describe, expect, it } from "vitest";
import { openSimulator, productId } from "../testing/open-simulator.ts";

describe("the control port", () => {
  it("tells the truth, also what the supplier doesn't", async () => {
    const { order, pay, control } = await openSimulator();
    const { json } = await order("test-plain-codes");
    await pay(json.id);
    await pay(json.id);
    const { orders, balances } = (await control("GET", "/truth")).json;
    expect(orders).toMatchObject([
      { id: json.id, status: "paid", paidCount: 1, moneyReturned: false, items: [{ quantity: 1 }] },
    ]);
    expect(orders[0].paidAt).toEqual([json.createdAt]);
    expect(orders[0].items[0].codes).toHaveLength(1);
    expect(balances.usd.reserved).toBe("0.5000");
  });

  it("keeps a log of requests, without keys", async () => {
    const { get, order, control } = await openSimulator();
    await get("/api/orders/?limit=1");
    await order("test-plain-codes");
    const { json, text } = await control("GET", "/requests");
    expect(json.total).toBe(2);
    expect(json.items).toMatchObject([
      { method: "GET", path: "/api/orders/", query: "?limit=1", endpoint: "list", status: 200 },
      { method: "POST", path: "/api/orders/", endpoint: "create", status: 201 },
    ]);
    expect(text).not.toContain("test-key");
  });

  it("moves the clock", async () => {
    const { order, read, control } = await openSimulator();
    const { json } = await order("test-plain-codes");
    await control("POST", "/advance", { ms: 900_000 });
    expect((await read(json.id)).json.status).toBe("cancelled");
  });

  it("issues further keys, ends old ones, and begins anew with the first", async () => {
    const { get, control } = await openSimulator();
    const statuses = async () => [
      (await get("/api/access/me")).status,
      (await get("/api/access/me", { "x-api-key": "second-key" })).status,
    ];
    expect(await statuses()).toEqual([200, 401]);
    await control("POST", "/keys", { apiKeys: ["test-key", "second-key"] });
    expect(await statuses()).toEqual([200, 200]);
    await control("POST", "/keys", { apiKeys: ["second-key"] });
    expect(await statuses()).toEqual([401, 200]);
    expect((await control("POST", "/keys", { apiKeys: [] })).status).toBe(422);
    expect((await control("GET", "/truth")).text).not.toContain("second-key");
    await control("POST", "/reset");
    expect(await statuses()).toEqual([200, 401]);
  });

  it("changes price and stock of a product at once", async () => {
    const { get, control } = await openSimulator();
    await control("POST", "/products", { product: "test-plain-codes", price: "3.25", quantity: 9 });
    const { json } = await get(`/api/products/${productId("test-plain-codes")}`);
    expect(Number(json.price)).toBe(3.25);
    expect(json.quantity).toBe(9);
  });

  it("forgets everything on reset, and still gives new ids", async () => {
    const { order, get, control, rule, balance, clock } = await openSimulator();
    const first = (await order("test-plain-codes")).json.id;
    await rule({ delayMs: 1 });
    await control("POST", "/balance", { currency: "usd", available: "1" });
    clock.now += 1;
    await control("POST", "/reset");
    expect((await get("/api/orders/")).json.total).toBe(0);
    expect((await control("GET", "/rules")).json.items).toEqual([]);
    expect((await balance("usd")).available).toBe("2500.0000");
    expect((await order("test-plain-codes")).json.id).not.toBe(first);
  });

  it("refuses what it doesn't understand with a sentence", async () => {
    const { control, rule } = await openSimulator();
    expect((await control("GET", "/nothing")).status).toBe(404);
    expect((await control("POST", "/balance", { currency: "eur", available: "1" })).status).toBe(
      422,
    );
    expect((await control("POST", "/advance", { ms: -1 })).status).toBe(422);
    expect((await control("POST", "/products", { product: "nope" })).status).toBe(404);
    expect((await rule({})).json.error).toContain("at least one");
    expect((await rule({ explode: true })).status).toBe(422);
    expect((await rule({ delayMs: 1 }, { product: "nope" })).json.error).toContain("no product");
    expect((await rule({ delayMs: 1 }, { order: "nope" })).json.error).toContain("no order");
  });
});

describe("rules", () => {
  it("are listed, counted, spent and deleted", async () => {
    const { rule, control, get } = await openSimulator();
    const { json } = await rule({ refuse: { status: 403 } }, { endpoint: "me", times: 2 });
    expect(json).toMatchObject({ id: "rule-1", fired: 0, spent: false });
    const statuses = [];
    for (let count = 0; count < 3; count++) statuses.push((await get("/api/access/me")).status);
    expect(statuses).toEqual([403, 403, 200]);
    expect((await control("GET", "/rules")).json.items).toMatchObject([{ fired: 2, spent: true }]);
    expect((await control("DELETE", "/rules/rule-1")).status).toBe(200);
    expect((await control("DELETE", "/rules/rule-1")).status).toBe(404);
    await rule({ delayMs: 1 });
    await control("DELETE", "/rules");
    expect((await control("GET", "/rules")).json.items).toEqual([]);
  });

  it("hit the share of the traffic they name, the same way for the same seed", async () => {
    const run = async () => {
      const { rule, get } = await openSimulator();
      await rule({ refuse: { status: 418 } }, { share: 0.3 });
      const statuses: number[] = [];
      for (let count = 0; count < 100; count++) statuses.push((await get("/api/access/me")).status);
      return statuses;
    };
    const first = await run();
    const hits = first.filter((status) => status === 418).length;
    expect(hits).toBeGreaterThan(15);
    expect(hits).toBeLessThan(45);
    expect(await run()).toEqual(first);
  });

  it("give way to newer ones of the same kind, and join those of another", async () => {
    const { rule, order, pay, read, clock } = await openSimulator();
    await rule({ fail: {}, completeAfter: { ms: 0 } });
    await rule({ stall: "paid" });
    await rule({ delayMs: 1 });
    const { json } = await order("test-plain-codes");
    await pay(json.id);
    clock.now += 60_000;
    expect((await read(json.id)).json.status).toBe("paid");
  });

  it("match the product, the order and the endpoint they name", async () => {
    const { rule, order, read, pay } = await openSimulator();
    await rule({ refuse: { status: 400 } }, { product: "test-plain-codes", endpoint: "pay" });
    const plain = (await order("test-plain-codes")).json;
    const other = (await order("test-codes-as-objects")).json;
    expect((await pay(plain.id)).status).toBe(400);
    expect((await pay(other.id)).status).toBe(200);
    await rule({ refuse: { status: 418 } }, { order: plain.id });
    expect((await read(plain.id)).status).toBe(418);
    expect((await read(other.id)).status).toBe(200);
  });
});

describe("fates", () => {
  const run = async (behaviour: unknown, quantity = 1) => {
    const { rule, order, pay, read, clock } = await openSimulator();
    await rule(behaviour);
    const { json } = await order("test-plain-codes", {}, { quantity });
    await pay(json.id);
    clock.now += 20_000;
    return (await read(json.id)).json;
  };

  it.each([
    [{ completeAfter: { ms: 20_000 } }, { status: "completed" }],
    [{ completeAfter: { ms: 20_001 } }, { status: "processing" }],
    [{ completeAfter: { minMs: 30_000, maxMs: 40_000 } }, { status: "processing" }],
    [{ completeAfter: { meanMs: 5000, maxMs: 10_000 } }, { status: "completed" }],
    [{ stall: "active" }, { status: "active" }],
    [{ stall: "paid" }, { status: "paid" }],
    [{ stall: "processing" }, { status: "processing" }],
    [{ fail: { message: "nope" } }, { status: "failed", items: [{ error: "nope" }] }],
    [{ cancel: { reason: "payment_failure" } }, { cancelReason: "payment_failure" }],
    [{ cancel: { reason: "payment_expiration" } }, { cancelReason: "payment_expiration" }],
    [{ cancel: { reason: "user_request" } }, { status: "cancelled", cancelReason: "user_request" }],
    [{ cancel: { reason: null } }, { status: "cancelled", cancelReason: null }],
    [
      { itemError: { message: "gone" } },
      { status: "completed", items: [{ error: "gone", externalData: [] }] },
    ],
  ])("%o", async (behaviour, expected) => {
    expect(await run(behaviour)).toMatchObject(expected);
  });

  it("deliver too few or too many codes", async () => {
    expect((await run({ partialCodes: 1 }, 3)).items[0].externalData).toHaveLength(1);
    expect((await run({ extraCodes: 2 }, 3)).items[0].externalData).toHaveLength(5);
  });

  it("cancel an order before it's paid", async () => {
    const { rule, order, pay, clock } = await openSimulator();
    await rule({ cancel: { reason: "user_request", when: "unpaid" } });
    const { json } = await order("test-plain-codes");
    expect(json.status).toBe("active");
    clock.now += 1;
    expect((await pay(json.id)).json.code).toBe("ORDER_PAYMENT_NOT_POSSIBLE");
  });

  it("reach an order under way at once, and no order that has ended", async () => {
    const { rule, order, pay, read, clock } = await openSimulator();
    const { json } = await order("test-stays-in-processing");
    await pay(json.id);
    clock.now += 3_600_000;
    expect((await read(json.id)).json.status).toBe("processing");
    expect((await rule({ fail: {} }, { order: json.id })).status).toBe(201);
    expect((await read(json.id)).json.status).toBe("failed");
    expect((await rule({ stall: "paid" }, { order: json.id })).json.error).toContain("final");
  });
});

describe("changes of the world", () => {
  it("move a price just before the order that they match", async () => {
    const { rule, order, get } = await openSimulator();
    const path = `/api/products/${productId("test-plain-codes")}`;
    await rule({ priceChange: { by: "1.1" } }, { endpoint: "create", times: 1 });
    expect(Number((await get(path)).json.price)).toBe(0.5);
    const guarded = { totalPrice: "0.5" };
    expect((await order("test-plain-codes", guarded)).json.code).toBe("OFFER_PRICE_NOT_MATCHED");
    expect(Number((await get(path)).json.price)).toBe(0.55);
    await rule({ priceChange: { to: "2" } }, { product: "test-plain-codes", times: 1 });
    expect(Number((await get(path)).json.price)).toBe(2);
  });

  it("sell out a product, or empty the balance", async () => {
    const { rule, order, pay, balance } = await openSimulator();
    const { json } = await order("test-plain-codes");
    await rule({ balance: { currency: "usd", available: "0.1" } }, { endpoint: "pay", times: 1 });
    expect((await pay(json.id)).json.code).toBe("BALANCE_NOT_ENOUGH");
    expect((await balance("usd")).available).toBe("0.1000");
    await rule({ outOfStock: true }, { endpoint: "create", times: 1 });
    expect((await order("test-plain-codes")).json.code).toBe("OUT_OF_STOCK");
    expect((await order("test-plain-codes")).json.code).toBe("OUT_OF_STOCK");
  });
});
