import { afterAll, describe, expect, it } from "vitest";
import { createLog } from "#lib/platform/log.ts";
import { createProduct } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import {
  dueInMs,
  JOB,
  makeDue,
  newOrder,
  openSignals,
  plainCodes,
  REQUEST,
  timelineKinds,
} from "./orders.fixture.ts";
import { placeOrder } from "./place-order.ts";
import { openSupplier, productFacts } from "./simulated.fixture.ts";
import { workOnOrder } from "./work-on-order.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const creates = (requests: string[]) => requests.filter((one) => one === "POST create").length;

describe("an order", () => {
  it("goes from intent to code, with one create and one payment", async () => {
    const supplier = await openSupplier(db);
    const orderId = await supplier.place("test-codes-as-objects", { quantity: 3 });
    expect(await supplier.work(orderId)).toMatchObject({ status: "awaiting_payment" });
    expect(await supplier.work(orderId)).toMatchObject({ status: "paid", supplierWord: "paid" });
    supplier.advance(2_000);
    expect(await supplier.work(orderId)).toMatchObject({ status: "processing" });
    supplier.advance(5_000);
    const order = await supplier.work(orderId);
    expect(order).toMatchObject({ status: "completed", nextPollAt: null, leaseToken: null });
    const { orders } = await supplier.truth();
    expect(orders).toMatchObject([{ id: order.supplierOrderId, paidCount: 1 }]);
    const codes = orders[0]?.items[0]?.codes as { code: string }[];
    expect(await plainCodes(supplier.ctx, order)).toEqual([codes.map(({ code }) => code)]);
    expect(await supplier.requests()).toEqual(["POST create", "POST pay", "GET get", "GET get"]);
    expect(timelineKinds(order)).toEqual([
      ...["placed", "create_sent", "create_accepted", "status_changed"],
      ...["pay_sent", "pay_accepted", "status_changed"],
      ...["looked", "status_changed"],
      ...["looked", "status_changed", "codes_stored"],
    ]);
  });

  it("is created and paid in one go after a click", async () => {
    const supplier = await openSupplier(db);
    const orderId = await supplier.place("test-plain-codes");
    await Promise.all([workOnOrder(supplier.ctx, orderId), workOnOrder(supplier.ctx, orderId)]);
    expect(await supplier.requests()).toEqual(["POST create", "POST pay"]);
    expect(await supplier.truth()).toMatchObject({ orders: [{ status: "paid", paidCount: 1 }] });
  });

  it("leaves a trail in the log, under the click's correlation id and without the code", async () => {
    const supplier = await openSupplier(db);
    const lines: string[] = [];
    const log = createLog("debug", [], (line) => lines.push(line));
    const orderId = await supplier.place("test-plain-codes");
    await workOnOrder({ ...supplier.ctx, log }, orderId);
    supplier.advance(10_000);
    await makeDue(db, orderId);
    await workOnOrder({ ...supplier.ctx, log }, orderId);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject(
      ["create", "pay", "look"].map((call) => ({ call, orderId, correlationId: "correlation-1" })),
    );
    const { orders } = await supplier.truth();
    expect(orders[0]?.items[0]?.codes).toEqual([expect.stringMatching(/^TEST-/)]);
    expect(lines.join()).not.toContain("TEST-");
  });

  it("isn't tried again at once by the click when the supplier is away", async () => {
    const supplier = await openSupplier(db);
    await supplier.rule({ rateLimit: { retryAfter: 20 } }, { endpoint: "create", times: 1 });
    const orderId = await supplier.place("test-plain-codes");
    await workOnOrder(supplier.ctx, orderId);
    expect(creates(await supplier.requests())).toBe(1);
  });
});

describe("fifty submissions of one form at once (I1)", () => {
  it.each([
    ["where creating may cost", false],
    ["where creating is free", true],
  ])("are one order and one supplier order, paid once: %s", async (_, createIsFree) => {
    const supplier = await openSupplier(db, { createIsFree });
    const { ctx } = supplier;
    const product = await createProduct(db, ctx.account.id, productFacts("test-plain-codes"));
    const input = newOrder([product]);
    // As the action does it: the intent is committed, and then worked on at once.
    const results = await Promise.all(
      Array.from({ length: 50 }, async () => {
        const result = await placeOrder(ctx, JOB, input, REQUEST);
        if ("orderId" in result) await workOnOrder(ctx, result.orderId);
        return result;
      }),
    );
    expect(results.filter(({ kind }) => kind === "placed")).toHaveLength(1);
    expect(results.filter(({ kind }) => kind === "repeated")).toHaveLength(49);
    expect(await db.order.count({ where: { clientRef: input.clientRef } })).toBe(1);
    expect(await supplier.requests()).toEqual(["POST create", "POST pay"]);
    expect(await supplier.truth()).toMatchObject({ orders: [{ paidCount: 1 }] });
  });

  it("where each answer to a create is lost: still one supplier order", async () => {
    const supplier = await openSupplier(db);
    const { ctx } = supplier;
    await supplier.rule({ loseReply: "after" }, { endpoint: "create" });
    const product = await createProduct(db, ctx.account.id, productFacts("test-plain-codes"));
    const input = newOrder([product]);
    await Promise.all(
      Array.from({ length: 50 }, async () => {
        const result = await placeOrder(ctx, JOB, input, REQUEST);
        if ("orderId" in result) await workOnOrder(ctx, result.orderId);
      }),
    );
    expect((await supplier.truth()).orders).toHaveLength(1);
  });
});

describe("what the supplier delivers", () => {
  it("more of than was ordered is stored, all of it, and said (I5)", async () => {
    const supplier = await openSupplier(db);
    await supplier.rule({ extraCodes: 2 }, { endpoint: "create" });
    const orderId = await supplier.place("test-plain-codes", { quantity: 2 });
    await supplier.work(orderId);
    await supplier.work(orderId);
    supplier.advance(10_000);
    const order = await supplier.work(orderId);
    expect(order).toMatchObject({ status: "completed" });
    expect(order.signals).toMatchObject([{ key: "codes_extra", data: { got: 4, expected: 2 } }]);
    const { orders } = await supplier.truth();
    expect(await plainCodes(supplier.ctx, order)).toEqual([orders[0]?.items[0]?.codes]);
    expect(order.items[0]?.codes).toHaveLength(4);
  });

  it("twice, to two orders, is stored at both, and said at the second (I5)", async () => {
    const supplier = await openSupplier(db);
    const deliver = async () => {
      const orderId = await supplier.place("test-plain-codes");
      await supplier.work(orderId);
      await supplier.work(orderId);
      supplier.advance(10_000);
      return supplier.work(orderId);
    };
    const first = await deliver();
    await supplier.rule({ repeatCode: true }, { endpoint: "create" });
    const second = await deliver();
    expect(await plainCodes(supplier.ctx, second)).toEqual(await plainCodes(supplier.ctx, first));
    expect(openSignals(first)).toEqual([]);
    expect(second.signals).toMatchObject([
      { key: "code_repeated", data: { count: 1, orderId: first.id } },
    ]);
  });
});

describe("a create whose answer is lost", () => {
  it.each([
    ["before it took effect", { loseReply: "before" }, 0],
    ["after it took effect", { loseReply: "after" }, 1],
    ["behind a 503 without effect", { serverError: { status: 503, effect: false } }, 0],
    ["behind a 500 with effect", { serverError: { status: 500, effect: true } }, 1],
    ["cut off in the middle", { garble: "cut" }, 1],
    ["cut off cleanly", { garble: "truncated" }, 1],
    ["as a page of HTML", { garble: "html" }, 1],
    ["empty", { garble: "empty" }, 1],
  ])("%s leaves it unconfirmed and is never sent again", async (_, fault, existing) => {
    const supplier = await openSupplier(db);
    await supplier.rule(fault, { endpoint: "create" });
    const orderId = await supplier.place("test-plain-codes");
    const order = await supplier.work(orderId);
    expect(order).toMatchObject({ status: "unconfirmed", nextPollAt: null, supplierOrderId: null });
    expect(openSignals(order)).toEqual(["unconfirmed"]);
    for (let round = 0; round < 3; round++) {
      supplier.advance(3_600_000);
      await supplier.work(orderId);
      await workOnOrder(supplier.ctx, orderId);
    }
    expect(await supplier.requests()).toEqual(["POST create"]);
    const { orders } = await supplier.truth();
    expect(orders.map(({ paidCount }) => paidCount)).toEqual(Array(existing).fill(0));
  });
});

describe("a create that the supplier puts off", () => {
  it.each([
    ["seconds", { retryAfter: 40 }, 40_000],
    ["a date", { retryAfter: 60, as: "date" }, 55_000],
    ["no word of how long", {}, 30_000],
    ["nonsense", { retryAfter: "soon" }, 30_000],
  ])("with %s waits in silence, and is placed once", async (_, rateLimit, atLeastMs) => {
    const supplier = await openSupplier(db);
    await supplier.rule({ rateLimit }, { endpoint: "create", times: 1 });
    const orderId = await supplier.place("test-plain-codes");
    const other = await supplier.place("test-plain-codes");
    expect(await supplier.work(orderId)).toMatchObject({
      status: "submitting",
      nextPollAt: expect.anything(),
    });
    expect(await dueInMs(db, orderId)).toBeGreaterThan(atLeastMs - 5_000);
    // The whole account is silent, for this order and any other.
    await supplier.work(orderId);
    await supplier.work(other);
    expect(creates(await supplier.requests())).toBe(1);
    await db.supplier.updateMany({ data: { blockedUntil: null } });
    expect(await supplier.work(orderId)).toMatchObject({ status: "awaiting_payment" });
    expect((await supplier.truth()).orders).toHaveLength(1);
  });
});

describe("a create that the supplier refuses", () => {
  it.each([
    ["test-out-of-stock", "out_of_stock"],
    ["test-price-moves-with-every-order", "price_changed"],
  ])("%s: %s", async (slug, reason) => {
    const supplier = await openSupplier(db);
    const orderId = await supplier.place(slug);
    const order = await supplier.work(orderId);
    expect(order).toMatchObject({ status: "rejected", rejection: { class: reason } });
    expect((await supplier.truth()).orders).toEqual([]);
  });
});

describe("an account that is charged by the create", () => {
  it("is charged once, although the order is shown unpaid at first", async () => {
    const supplier = await openSupplier(db, { createCharges: true });
    const orderId = await supplier.place("test-plain-codes");
    expect(await supplier.work(orderId)).toMatchObject({ status: "awaiting_payment" });
    const refusedPayment = await supplier.work(orderId);
    expect(refusedPayment).toMatchObject({ status: "awaiting_payment" });
    expect(openSignals(refusedPayment)).toEqual([]);
    supplier.advance(10_000);
    expect(await supplier.work(orderId)).toMatchObject({ status: "completed" });
    expect(await supplier.truth()).toMatchObject({ orders: [{ paidCount: 1 }] });
  });
});
