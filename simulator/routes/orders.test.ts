import { describe, expect, it } from "vitest";
import { openSimulator, productId } from "../testing/open-simulator.ts";

const slow = { completeMs: { minMs: 5000, maxMs: 5000 }, paidMs: { minMs: 1000, maxMs: 1000 } };

describe("an order", () => {
  it("is created active, paid once, and completes with its codes", async () => {
    const { order, pay, read, clock } = await openSimulator({ timing: slow });
    const created = await order("test-plain-codes", {}, { quantity: 2 });
    expect(created.status).toBe(201);
    expect(created.json).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      status: "active",
      totalPrice: "1.0000",
      currency: "usd",
      isMock: false,
      cancelReason: null,
      createdAt: "2026-01-15T10:00:00.000Z",
      paymentExpiresAt: "2026-01-15T10:15:00.000Z",
      items: [
        {
          product: { id: productId("test-plain-codes"), name: "Test: plain codes" },
          quantity: 2,
          price: "0.5000",
          note: null,
          error: null,
          externalData: null,
        },
      ],
    });
    const { id } = created.json;
    expect((await pay(id)).json.status).toBe("paid");
    clock.now += 1000;
    expect((await read(id)).json).toMatchObject({
      status: "processing",
      items: [{ externalData: null }],
    });
    clock.now += 4000;
    const done = (await read(id)).json;
    expect(done.status).toBe("completed");
    expect(done.items[0].externalData).toEqual([
      expect.stringMatching(/^TEST-/),
      expect.stringMatching(/^TEST-/),
    ]);
    expect(await read(id)).toMatchObject({ json: done });
  });

  it("can't be paid twice, nor when unknown", async () => {
    const { order, pay } = await openSimulator();
    const { json } = await order("test-plain-codes");
    await pay(json.id);
    const again = await pay(json.id);
    expect(again.status).toBe(409);
    expect(again.json.code).toBe("ORDER_PAYMENT_NOT_POSSIBLE");
    expect((await pay("no-such-order")).json.code).toBe("NOT_FOUND");
  });

  it("stays unpaid with a foreign payment provider", async () => {
    const { order, post, read } = await openSimulator();
    const { json } = await order("test-plain-codes");
    const paid = await post(`/api/orders/${json.id}/pay`, {
      paymentProvider: "pally",
      paymentReturnUrl: "https://example.com",
    });
    expect(paid.json.paymentUrl).toMatch(/^https:/);
    expect((await read(json.id)).json.status).toBe("active");
  });

  it("is cancelled when its payment window ends", async () => {
    const { order, pay, read, clock } = await openSimulator();
    const { json } = await order("test-plain-codes");
    clock.now += 900_000;
    expect((await read(json.id)).json).toMatchObject({
      status: "cancelled",
      cancelReason: "payment_expiration",
    });
    expect((await pay(json.id)).json.code).toBe("ORDER_PAYMENT_NOT_POSSIBLE");
  });

  it("is listed newest first, by status and page", async () => {
    const { order, pay, get } = await openSimulator();
    const ids: string[] = [];
    for (let count = 0; count < 3; count++) ids.push((await order("test-plain-codes")).json.id);
    await pay(ids[0] ?? "");
    const list = await get("/api/orders/?limit=2");
    expect(list.json).toMatchObject({ limit: 2, offset: 0, total: 3 });
    const idsOf = (answer: typeof list) => answer.json.items.map((one: { id: string }) => one.id);
    expect(idsOf(list)).toEqual([ids[2], ids[1]]);
    expect(idsOf(await get("/api/orders/?limit=2&offset=2"))).toEqual([ids[0]]);
    expect(idsOf(await get("/api/orders/?status=paid"))).toEqual([ids[0]]);
    expect((await get("/api/orders/?status=odd")).status).toBe(422);
    expect((await get("/api/orders/unknown")).json.code).toBe("NOT_FOUND");
  });

  it("can hold ten lines in rubles", async () => {
    const { post } = await openSimulator();
    const items = Array.from({ length: 10 }, () => ({
      itemId: productId("test-plain-codes"),
      quantity: 1,
    }));
    const created = await post("/api/orders/", { items }, { "x-currency": "rub" });
    expect(created.json).toMatchObject({ currency: "rub", totalPrice: "407.0000" });
    const eleven = await post("/api/orders/", { items: [...items, items[0]] });
    expect(eleven.status).toBe(422);
  });
});

describe("validation", () => {
  it("answers as FastAPI does, with a list under detail", async () => {
    const { post } = await openSimulator();
    const answer = await post("/api/orders/", { items: [{ quantity: "2" }] });
    expect(answer.status).toBe(422);
    expect(answer.json.code).toBeUndefined();
    expect(answer.json.detail.map((one: { loc: unknown[] }) => one.loc)).toEqual([
      ["body", "items", 0, "itemId"],
      ["body", "items", 0, "quantity"],
    ]);
    expect(answer.json.detail[0]).toMatchObject({
      msg: expect.any(String),
      type: expect.any(String),
    });
  });

  it.each([
    ["not JSON", "{"],
    ["nothing", ""],
    ["an array", []],
    ["no items", { items: [] }],
    ["a bad guard", { items: [{ itemId: "x", quantity: 1 }], totalPrice: "cheap" }],
  ])("refuses %s", async (_name, body) => {
    const { post } = await openSimulator();
    expect((await post("/api/orders/", body)).status).toBe(422);
  });

  it("keeps quantities within the product's bounds", async () => {
    const { order } = await openSimulator();
    expect((await order("test-delivers-fewer-codes")).status).toBe(422);
    for (const quantity of [-1, 0, 21, 1.5, 1e15]) {
      expect((await order("test-plain-codes", {}, { quantity })).status).toBe(422);
    }
    expect((await order("test-delivers-fewer-codes", {}, { quantity: 2 })).status).toBe(201);
  });

  it("wants every note field, each of its type", async () => {
    const { order } = await openSimulator();
    const note = { login: "anna", player_id: 5, amount: "1.5", email: "a@b.co", server: "Asia" };
    const good = await order("test-every-note-field", {}, { note });
    expect(good.status).toBe(201);
    expect(good.json.items[0].note).toEqual(note);
    const bad = await order(
      "test-every-note-field",
      {},
      { note: { login: "x".repeat(501), player_id: "a", amount: "b", email: "c", server: "Moon" } },
    );
    expect(bad.json.detail).toHaveLength(5);
    const missing = await order("test-every-note-field");
    expect(missing.json.detail[0]).toMatchObject({
      loc: ["body", "items", 0, "note", "login"],
      type: "missing",
    });
  });

  it("knows no unknown product, and takes ids only", async () => {
    const { order } = await openSimulator();
    expect((await order("test-plain-codes", {}, { itemId: "product_x" })).json.code).toBe(
      "NOT_FOUND",
    );
    expect((await order("test-plain-codes", {}, { itemId: "test-plain-codes" })).status).toBe(404);
  });
});

describe("guards", () => {
  it("compares the price of the whole order, as text or number", async () => {
    const { order } = await openSimulator();
    for (const totalPrice of ["1.00", 1, "1.0000"]) {
      expect((await order("test-plain-codes", { totalPrice }, { quantity: 2 })).status).toBe(201);
    }
    const refused = await order("test-plain-codes", { totalPrice: "0.5" }, { quantity: 2 });
    expect(refused.status).toBe(409);
    expect(refused.json.code).toBe("OFFER_PRICE_NOT_MATCHED");
  });

  it("refuses the price seen last where it moves with every order", async () => {
    const { order, get } = await openSimulator();
    const id = productId("test-price-moves-with-every-order");
    for (let count = 0; count < 3; count++) {
      const totalPrice = String((await get(`/api/products/${id}`)).json.price);
      const refused = await order("test-price-moves-with-every-order", { totalPrice });
      expect(refused.json.code).toBe("OFFER_PRICE_NOT_MATCHED");
    }
    expect((await order("test-price-moves-with-every-order")).status).toBe(201);
  });

  it("takes from the stock, refuses when it's short, and puts back what was cancelled", async () => {
    const { order, get, control, clock } = await openSimulator();
    expect((await order("test-out-of-stock")).json.code).toBe("OUT_OF_STOCK");
    await control("POST", "/products", { product: "test-plain-codes", quantity: 3 });
    const stock = async () =>
      (await get(`/api/products/${productId("test-plain-codes")}`)).json.quantity;
    await order("test-plain-codes", {}, { quantity: 2 });
    expect(await stock()).toBe(1);
    expect((await order("test-plain-codes", {}, { quantity: 2 })).status).toBe(409);
    clock.now += 900_000;
    expect(await stock()).toBe(3);
  });

  it("refuses the repeat of an idempotency key in the body, and only that", async () => {
    const { order, get } = await openSimulator();
    await order("test-plain-codes", { idempotencyKey: "k1" });
    const repeat = await order("test-plain-codes", { idempotencyKey: "k1" });
    expect(repeat.status).toBe(409);
    expect(repeat.json).toEqual({ code: "ORDER_ALREADY_EXISTS", detail: expect.any(String) });
    expect((await order("test-plain-codes", { idempotencyKey: "k2" })).status).toBe(201);
    expect((await get("/api/orders/")).json.total).toBe(2);
  });
});

describe("a mock order", () => {
  it("gives fake codes and leaves balance and stock alone", async () => {
    const { order, pay, read, balance, get, clock } = await openSimulator({ timing: slow });
    const before = await balance("usd");
    const path = `/api/products/${productId("test-codes-as-objects")}`;
    const stock = (await get(path)).json.quantity;
    const { json } = await order("test-codes-as-objects", { isMock: true });
    expect(json.isMock).toBe(true);
    await pay(json.id);
    expect(await balance("usd")).toEqual(before);
    clock.now += 5000;
    expect((await read(json.id)).json.items[0].externalData).toEqual([
      { code: expect.stringMatching(/^MOCK-/) },
    ]);
    expect(await balance("usd")).toEqual(before);
    expect((await get(path)).json.quantity).toBe(stock);
  });
});

describe("the test products", () => {
  const outcome = async (slug: string, quantity = 1) => {
    const { order, pay, read, clock } = await openSimulator();
    const { json } = await order(slug, {}, { quantity });
    await pay(json.id);
    clock.now += 30_000;
    return (await read(json.id)).json;
  };

  it.each([
    ["test-completes-at-once", { status: "completed" }],
    ["test-completes-slowly", { status: "processing" }],
    ["test-stays-in-processing", { status: "processing" }],
    ["test-stays-in-paid", { status: "paid" }],
    [
      "test-fails",
      { status: "failed", items: [{ error: "Source is out of codes", externalData: null }] },
    ],
    ["test-cancelled-after-payment", { status: "cancelled", cancelReason: "payment_failure" }],
    ["test-cancelled-before-payment", { status: "cancelled", cancelReason: "user_request" }],
    [
      "test-completes-with-an-item-error",
      { status: "completed", items: [{ error: expect.any(String), externalData: [] }] },
    ],
    ["test-delivers-one-code-too-many", { items: [{ externalData: [{}, {}] }] }],
    ["test-code-pin-and-serial", { items: [{ externalData: [{ pin: expect.any(String) }] }] }],
    ["test-codes-in-one-object", { items: [{ externalData: [{ codes: [expect.any(String)] }] }] }],
    ["test-service-without-codes", { status: "completed", items: [{ externalData: [] }] }],
  ])("%s", async (slug, expected) => {
    expect(await outcome(slug)).toMatchObject(expected);
  });

  it("deliver fewer codes than were ordered", async () => {
    const order = await outcome("test-delivers-fewer-codes", 3);
    expect(order.items[0]).toMatchObject({ quantity: 3, error: null });
    expect(order.items[0].externalData).toHaveLength(1);
  });
});

it("repeats a run with the same seed and differs with another", async () => {
  const run = async (seed: number) => {
    const { order, pay, control, clock } = await openSimulator({ seed });
    for (let count = 0; count < 3; count++) {
      await pay((await order("test-account", {}, { quantity: 2 })).json.id);
      clock.now += 700;
    }
    return (await control("GET", "/truth")).json.orders;
  };
  const first = await run(7);
  expect(await run(7)).toEqual(first);
  const other = await run(8);
  expect(other[0].id).not.toBe(first[0].id);
  expect(other[0].items[0].codes).not.toEqual(first[0].items[0].codes);
});
