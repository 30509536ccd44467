import { afterAll, beforeEach, describe, expect, it } from "vitest";
import {
  createOrder,
  createProduct,
  scriptedSupplier,
  testActor,
  testClock,
  testContext,
} from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { newOrder, REQUEST, whole } from "./orders.fixture.ts";
import { placeOrder } from "./place-order.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const clock = testClock();
const ctx = await testContext(db, scriptedSupplier(), clock);
const supplierId = ctx.account.id;
const operator = testActor("operator");
const admin = testActor("admin");
const MINUTE = 60_000;
const REASON = "The bank transfer is on its way";

beforeEach(async () => {
  await db.$transaction([
    db.$executeRaw`set local session_replication_role = replica`,
    db.$executeRaw`delete from order_signals`,
    db.$executeRaw`delete from orders`,
    db.$executeRaw`delete from balance_samples`,
  ]);
});

/** Another product each time, so that no two wishes are similar. */
const wish = async (facts: Record<string, unknown> = {}) =>
  newOrder([await createProduct(db, supplierId)], facts);
const place = async (facts: Record<string, unknown> = {}, by = operator) =>
  placeOrder(ctx, by, await wish(facts), REQUEST);
const hold = (available: string, currency = "USD") => {
  const [sampledAt, reserved, pending] = [clock.now(), "0", "0"];
  return db.balanceSample.create({
    data: { supplierId, currency, available, reserved, pending, sampledAt, askedAt: sampledAt },
  });
};
const waiting = (agreedTotal: string, facts: Record<string, unknown> = {}) =>
  createOrder(db, supplierId, { status: "awaiting_payment", agreedTotal, ...facts });

describe("an order that the balance doesn't reach for", () => {
  it("isn't stored, and says what is lacking", async () => {
    await hold("10");
    await waiting("6");
    expect(await place()).toEqual({
      kind: "short",
      shortfall: {
        ...{ currency: "USD", available: "10", committed: "6", missing: "0.75" },
        mayOverride: false,
      },
    });
    expect(await db.order.count()).toBe(1);
    await hold("10.75");
    expect((await place()).kind).toBe("placed");
  });

  it("counts what is in doubt and what was paid since the sample, and nothing else", async () => {
    await hold("4.75");
    await waiting("3", { isMock: true });
    await waiting("3", { currency: "RUB" });
    await waiting("3", {
      status: "completed",
      paidAt: new Date(clock.now().getTime() - 1),
      finishedAt: clock.now(),
      nextPollAt: null,
    });
    expect((await place()).kind).toBe("placed");
    expect(await place()).toMatchObject({ shortfall: { committed: "4.75", missing: "4.75" } });
    await waiting("0.01", { status: "unconfirmed", supplierOrderId: null });
    clock.advance(1);
    await waiting("0.02", { status: "processing", paidAt: clock.now() });
    expect(await place()).toMatchObject({ shortfall: { committed: "4.78" } });
  });

  it("doesn't count what the supplier won't take payment for", async () => {
    await hold("5");
    const { order } = await waiting("250000");
    expect((await place()).kind).toBe("short");
    const at = { openedAt: clock.now(), data: {} };
    await db.orderSignal.create({
      data: { id: ctx.newId(), orderId: order.id, key: "pay_refused", ...at },
    });
    expect((await place()).kind).toBe("placed");
  });

  it("is placed where nobody knows, or hasn't for long, and as a mock", async () => {
    expect((await place()).kind).toBe("placed");
    await hold("0");
    expect((await place({ isMock: true })).kind).toBe("placed");
    expect((await place()).kind).toBe("short");
    clock.advance(15 * MINUTE + 1);
    expect((await place()).kind).toBe("placed");
  });

  it("is placed by whoever may, with a reason that stays", async () => {
    await hold("1");
    expect(await place({}, admin)).toMatchObject({ shortfall: { mayOverride: true } });
    const overBalance = { reason: REASON, missing: "3.75" };
    await expect(place({ overBalance })).rejects.toMatchObject({ code: "forbidden" });
    for (const wrong of [REASON, { ...overBalance, reason: "no" }, { reason: REASON }]) {
      expect(await place({ overBalance: wrong }, admin)).toMatchObject({ kind: "invalid" });
    }
    const result = await place({ overBalance }, admin);
    if (result.kind !== "placed") return expect.fail(result.kind);
    const { timeline } = await whole(db, result.orderId);
    expect(timeline[0]).toMatchObject({
      kind: "placed",
      data: { reason: REASON, missing: "3.75" },
    });
    const entries = await db.auditEntry.findMany({
      where: { objectId: result.orderId },
      orderBy: { seq: "asc" },
    });
    expect(entries).toMatchObject([
      { action: "order.placed", reason: null },
      { action: "order.placed-over-balance", reason: REASON },
    ]);
  });

  it("is asked about anew where more is lacking than the reason was given for", async () => {
    await hold("1");
    const given = { overBalance: { reason: REASON, missing: "3.75" } };
    const { order } = await waiting("2");
    expect(await place(given, admin)).toMatchObject({
      ...{ kind: "short", shortfall: { missing: "5.75", mayOverride: true } },
    });
    expect(await db.order.count()).toBe(1);
    await db.$transaction([
      db.$executeRaw`set local session_replication_role = replica`,
      db.$executeRaw`delete from orders where id = ${order.id}::uuid`,
    ]);
    // Less than that was agreed to as well, and nothing lacking needs no reason.
    await hold("2");
    expect((await place(given, admin)).kind).toBe("placed");
    await hold("100");
    expect((await place(given, admin)).kind).toBe("placed");
  });

  it("isn't placed because several are at once, and a repeated one is the same", async () => {
    await hold("9.6");
    const wishes = await Promise.all(Array.from({ length: 8 }, () => wish()));
    const results = await Promise.all(wishes.map((one) => placeOrder(ctx, operator, one, REQUEST)));
    const kinds = results.map(({ kind }) => kind).sort();
    expect(kinds).toEqual(["placed", "placed", ...Array.from({ length: 6 }, () => "short")]);
    const placed = results.findIndex(({ kind }) => kind === "placed");
    expect((await placeOrder(ctx, operator, wishes[placed], REQUEST)).kind).toBe("repeated");
  });
});
