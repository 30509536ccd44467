import { describe, expect, it } from "vitest";
import { openSimulator } from "../testing/open-simulator.ts";

const slow = { completeMs: { minMs: 5000, maxMs: 5000 } };

describe("access", () => {
  it("refuses a missing or wrong key", async () => {
    const { get } = await openSimulator();
    for (const key of ["", "wrong"]) {
      const answer = await get("/api/access/me", { "x-api-key": key });
      expect(answer.status).toBe(401);
      expect(answer.json).toEqual({ code: "UNAUTHORIZED", detail: expect.any(String) });
    }
    expect((await get("/api/access/me")).json).toHaveProperty("username");
  });

  it.each(["orders", "categories", "products", "access/me/balances"])(
    "redirects /api/%s to its trailing slash with 307",
    async (path) => {
      const { get } = await openSimulator();
      const answer = await get(`/api/${path}?limit=1`);
      expect(answer.status).toBe(307);
      expect(answer.headers.get("location")).toBe(`/api/${path}/?limit=1`);
    },
  );

  it("knows neither other paths nor other methods", async () => {
    const { ask, get } = await openSimulator();
    expect((await get("/v1/orders")).status).toBe(404);
    expect((await ask("DELETE", "/api/orders/")).status).toBe(405);
    expect((await get("/api/orders/%E0%A4%A")).status).toBe(404);
  });

  it("refuses an enormous body", async () => {
    const { post } = await openSimulator();
    expect((await post("/api/orders/", "x".repeat(1_048_577))).status).toBe(413);
  });
});

describe("the balance", () => {
  it("is listed by currency, amounts as text", async () => {
    const { get } = await openSimulator({ startBalances: { usd: "10.5" } });
    expect((await get("/api/access/me/balances/")).json).toEqual([
      { currency: "usd", available: "10.5000", reserved: "0.0000", pending: "0.0000" },
      { currency: "rub", available: "150000.0000", reserved: "0.0000", pending: "0.0000" },
      { currency: "USDT", available: "0.0000", reserved: "0.0000", pending: "0.0000" },
    ]);
  });

  it("is reserved by payment and spent on completion", async () => {
    const { order, pay, balance, clock } = await openSimulator({
      timing: slow,
      startBalances: { usd: "10" },
    });
    const { json } = await order("test-plain-codes", {}, { quantity: 4 });
    expect(await balance("usd")).toMatchObject({ available: "10.0000", reserved: "0.0000" });
    await pay(json.id);
    expect(await balance("usd")).toMatchObject({ available: "8.0000", reserved: "2.0000" });
    clock.now += 5000;
    expect(await balance("usd")).toMatchObject({ available: "8.0000", reserved: "0.0000" });
  });

  it.each(["test-fails", "test-cancelled-after-payment"])("comes back: %s", async (slug) => {
    const { order, pay, balance, clock } = await openSimulator({ startBalances: { usd: "10" } });
    await pay((await order(slug)).json.id);
    expect(await balance("usd")).toMatchObject({ available: "9.0000", reserved: "1.0000" });
    clock.now += 5000;
    expect(await balance("usd")).toMatchObject({ available: "10.0000", reserved: "0.0000" });
  });

  it("stays away when the product keeps the money", async () => {
    const { order, pay, balance, clock } = await openSimulator({ startBalances: { usd: "10" } });
    await pay((await order("test-fails-and-keeps-the-money")).json.id);
    clock.now += 5000;
    expect(await balance("usd")).toMatchObject({ available: "9.0000", reserved: "0.0000" });
  });

  it("refuses a payment it doesn't cover, and the order stays active", async () => {
    const { order, pay, read, control } = await openSimulator({ startBalances: { usd: "0.4999" } });
    const { json } = await order("test-plain-codes");
    const refused = await pay(json.id);
    expect(refused.status).toBe(400);
    expect(refused.json.code).toBe("BALANCE_NOT_ENOUGH");
    expect((await read(json.id)).json.status).toBe("active");
    await control("POST", "/balance", { currency: "usd", available: "0.5" });
    expect((await pay(json.id)).json.status).toBe("paid");
  });

  it("is debited in the order's own currency", async () => {
    const { post, pay, balance, order } = await openSimulator();
    const { json } = await order("test-plain-codes");
    const rubles = await post(
      "/api/orders/",
      { items: [{ itemId: json.items[0].product.id, quantity: 1 }] },
      { "x-currency": "rub" },
    );
    await pay(rubles.json.id);
    expect(await balance("rub")).toMatchObject({ available: "149959.3000", reserved: "40.7000" });
    expect(await balance("usd")).toMatchObject({ available: "2500.0000" });
  });

  it("can be taken by creation itself", async () => {
    const { order, pay, read, balance, clock } = await openSimulator({
      createCharges: true,
      startBalances: { usd: "1" },
      timing: slow,
    });
    const { json } = await order("test-plain-codes", {}, { quantity: 2 });
    expect(json.status).toBe("active");
    expect(await balance("usd")).toMatchObject({ available: "0.0000", reserved: "1.0000" });
    expect((await pay(json.id)).json.code).toBe("ORDER_PAYMENT_NOT_POSSIBLE");
    expect((await order("test-plain-codes")).json.code).toBe("BALANCE_NOT_ENOUGH");
    clock.now += 500;
    expect((await read(json.id)).json.status).toBe("paid");
    clock.now += 5000;
    expect((await read(json.id)).json.status).toBe("completed");
    expect(await balance("usd")).toMatchObject({ available: "0.0000", reserved: "0.0000" });
  });

  it("can be taken by creation, which then answers `paid` at once", async () => {
    const { order, pay, balance, read } = await openSimulator({
      createCharges: true,
      chargedActiveMs: 0,
    });
    const { json } = await order("test-plain-codes");
    expect(json.status).toBe("paid");
    expect((await pay(json.id)).status).toBe(409);
    expect((await read(json.id)).json.status).toBe("paid");
    expect((await balance("usd")).reserved).toBe("0.5000");
    const mock = (await order("test-plain-codes", { isMock: true })).json;
    expect(mock.status).toBe("paid");
    expect((await balance("usd")).reserved).toBe("0.5000");
  });
});
