import { afterAll, describe, expect, it } from "vitest";
import { createTestDatabase } from "#prisma/test-database.ts";
import { openSignals } from "./orders.fixture.ts";
import { openSupplier } from "./simulated.fixture.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

/** An order that the simulator holds unpaid. */
async function created(slug = "test-plain-codes") {
  const supplier = await openSupplier(db);
  const orderId = await supplier.place(slug);
  await supplier.work(orderId);
  const payments = async () => ({
    sent: (await supplier.requests()).filter((one) => one === "POST pay").length,
    made: (await supplier.truth()).orders.map(({ paidCount }) => paidCount),
  });
  return { ...supplier, orderId, payments, next: () => supplier.work(orderId) };
}

describe("a payment whose answer is lost", () => {
  it.each([
    ["after it took effect", { loseReply: "after" }],
    ["behind a 500 with effect", { serverError: { status: 500, effect: true } }],
    ["as a page of HTML", { garble: "html" }],
  ])("%s is found by the next look", async (_, fault) => {
    const one = await created();
    await one.rule(fault, { endpoint: "pay", times: 1 });
    expect(await one.next()).toMatchObject({ status: "awaiting_payment" });
    expect(await one.next()).toMatchObject({ status: "paid" });
    expect(await one.payments()).toEqual({ sent: 1, made: [1] });
  });

  it.each([
    ["before it took effect", { loseReply: "before" }],
    ["behind a 503 without effect", { serverError: { status: 503, effect: false } }],
  ])("%s is made again after the settling time", async (_, fault) => {
    const one = await created();
    await one.rule(fault, { endpoint: "pay", times: 1 });
    await one.next();
    expect(await one.next()).toMatchObject({ status: "awaiting_payment" });
    expect(await one.payments()).toEqual({ sent: 1, made: [0] });
    one.advance(31_000);
    expect(await one.next()).toMatchObject({ status: "paid" });
    expect(await one.payments()).toEqual({ sent: 2, made: [1] });
  });

  it("every time, and never took effect: paid in the end, once", async () => {
    const one = await created();
    await one.rule({ loseReply: "before" }, { endpoint: "pay", times: 5 });
    for (let round = 0; round < 12; round++) {
      one.advance(31_000);
      await one.next();
    }
    expect(await one.next()).toMatchObject({ status: "completed" });
    expect(await one.payments()).toEqual({ sent: 6, made: [1] });
  });
});

describe("a payment that the supplier refuses", () => {
  it("for want of money works once there is some", async () => {
    const one = await created();
    await one.control("POST", "/balance", { currency: "usd", available: "0.10" });
    expect(openSignals(await one.next())).toEqual(["pay_refused"]);
    await one.control("POST", "/balance", { currency: "usd", available: "100" });
    const order = await one.next();
    expect(order).toMatchObject({ status: "paid" });
    expect(openSignals(order)).toEqual([]);
    expect(await one.payments()).toEqual({ sent: 2, made: [1] });
  });

  it("for being late ends with the order cancelled, and nothing spent", async () => {
    const one = await created();
    await one.control("POST", "/balance", { currency: "usd", available: "0.10" });
    await one.next();
    one.advance(3_600_000);
    const order = await one.next();
    expect(order).toMatchObject({
      status: "cancelled",
      cancelReason: "payment_expiration",
      nextPollAt: null,
    });
    expect(openSignals(order)).toEqual(["order_failed"]);
    expect(await one.payments()).toEqual({ sent: 1, made: [0] });
  });

  it("for speaking too often is made later, without a signal", async () => {
    const one = await created();
    await one.rule({ rateLimit: { retryAfter: 15 } }, { endpoint: "pay", times: 1 });
    expect(openSignals(await one.next())).toEqual([]);
    await db.supplier.updateMany({ data: { blockedUntil: null } });
    expect(await one.next()).toMatchObject({ status: "paid" });
    expect(await one.payments()).toEqual({ sent: 2, made: [1] });
  });
});

describe("a supplier that raises the price after all", () => {
  it("isn't paid more than was agreed to", async () => {
    const one = await created();
    await db.order.updateMany({ where: { id: one.orderId }, data: { agreedTotal: "0.40" } });
    const order = await one.next();
    expect(openSignals(order)).toEqual(["pay_refused"]);
    expect(await one.payments()).toEqual({ sent: 0, made: [0] });
  });
});
