import { v7 } from "uuid";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { auditAccounts } from "#lib/reconcile/audit-accounts.ts";
import { createProduct, scriptedSupplier, testActor, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { claimLooks, claimOne, claimSends, lockHeld } from "./claims.ts";
import { isAnythingDue, nextDueInMs } from "./is-anything-due.ts";
import { newOrder, REQUEST, whole } from "./orders.fixture.ts";
import { placeOrder } from "./place-order.ts";
import { readLoad } from "./read-load.ts";
import { readOrder } from "./read-order.ts";
import { listOrders } from "./read-orders.ts";
import { workOnOrder } from "./work-on-order.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

// Any call to the supplier fails the test.
const ctx = await testContext(db, scriptedSupplier());
const actor = testActor("operator");
const supplierId = ctx.account.id;
const HOUR = 3_600;

beforeEach(async () => {
  await db.$executeRaw`update orders set next_poll_at = now() + interval '1 year', lease_token = null, lease_until = null where next_poll_at is not null`;
  await resume();
});

/** For so many seconds from now on; what was paused until a moment ago is over. */
async function pause(what: "ordering" | "polling", seconds = HOUR): Promise<Date> {
  const until = new Date(ctx.now().getTime() + seconds * 1_000);
  const facts =
    what === "ordering"
      ? { orderingPausedUntil: until, orderingPausedWhy: "sold out", orderingPausedBy: "Ravi" }
      : { pollingPausedUntil: until, pollingPausedWhy: "they asked", pollingPausedBy: "Ravi" };
  await db.supplier.update({ where: { id: supplierId }, data: facts });
  return until;
}

const resume = () =>
  db.supplier.updateMany({
    data: {
      ...{ orderingPausedUntil: null, orderingPausedWhy: null, orderingPausedBy: null },
      ...{ pollingPausedUntil: null, pollingPausedWhy: null, pollingPausedBy: null },
    },
  });

async function order(status: "submitting" | "awaiting_payment" | "processing", dueSince = 120) {
  const id = v7();
  await db.order.create({
    data: {
      ...{ id, clientRef: `ref-${id}`, supplierId, status, isMock: false, currency: "USD" },
      ...{ agreedTotal: "1", actorKind: "job", actorName: "test", correlationId: "c" },
      ...(status === "submitting" ? {} : { supplierOrderId: `order_${id}` }),
      ...{ createdAt: ctx.now(), statusChangedAt: ctx.now(), nextPollAt: ctx.now() },
    },
  });
  await db.$executeRaw`
    update orders set next_poll_at = now() - make_interval(secs => ${dueSince}::int) where id = ${id}::uuid`;
  return id;
}

const sends = async () => (await claimSends(ctx, 10)).map(({ orderId }) => orderId);
const looks = async () =>
  (await claimLooks(ctx, supplierId, 10)).claims.map(({ orderId }) => orderId);
const soon = () => new Date(Date.now() + 5_000);
const load = async () => (await readLoad(ctx)).find((row) => row.supplierId === supplierId);

describe("while ordering is paused", () => {
  it("nothing is created or paid, and the rest goes on", async () => {
    const waiting = [await order("submitting"), await order("awaiting_payment")];
    const open = await order("processing");
    await pause("ordering");
    expect(await sends()).toEqual([]);
    for (const id of waiting) expect(await claimOne(ctx, id)).toBeNull();
    expect(await looks()).toEqual([open]);
    await resume();
    expect((await sends()).sort()).toEqual(waiting.sort());
  });

  it("nobody is due, so that nobody spins, until it ends", async () => {
    await order("submitting");
    await pause("ordering", HOUR);
    expect(await isAnythingDue(ctx, soon())).toBe(false);
    const dueMs = await nextDueInMs(ctx);
    expect(dueMs).toBeGreaterThan(HOUR * 1_000 - 60_000);
    expect(dueMs).toBeLessThanOrEqual(HOUR * 1_000);
    expect(await isAnythingDue(ctx, new Date(Date.now() + 2 * HOUR * 1_000))).toBe(true);
    await pause("ordering", -1);
    expect(await isAnythingDue(ctx, soon())).toBe(true);
    expect(await nextDueInMs(ctx)).toBeLessThanOrEqual(0);
  });

  it("what was claimed before gets no permit any more", async () => {
    const id = await order("submitting");
    const claim = await claimOne(ctx, id);
    if (!claim) throw new Error("not claimed");
    await pause("ordering");
    expect(await db.$transaction((tx) => lockHeld(tx, claim))).toBe(false);
    await resume();
    expect(await db.$transaction((tx) => lockHeld(tx, claim))).toBe(true);
  });

  it("an order is not placed, and it is said who paused it and why", async () => {
    const product = await createProduct(db, supplierId);
    const until = await pause("ordering");
    const input = newOrder([product]);
    const count = await db.order.count();
    expect(await placeOrder(ctx, actor, input, REQUEST)).toEqual({
      kind: "paused",
      supplierName: "FoxReload",
      pause: { until: until.toISOString(), why: "sold out", by: "Ravi" },
    });
    expect(await db.order.count()).toBe(count);
    // Once it is over, the same form is the same intent.
    await resume();
    const placed = await placeOrder(ctx, actor, input, REQUEST);
    if (placed.kind !== "placed") throw new Error(placed.kind);
    await pause("ordering");
    expect(await placeOrder(ctx, actor, input, REQUEST)).toEqual({ ...placed, kind: "repeated" });
    await workOnOrder(ctx, placed.orderId);
    expect(await whole(db, placed.orderId)).toMatchObject({ status: "submitting", attempts: [] });
  });
});

describe("while polling is paused", () => {
  it("no order is looked at but one that a person asks for; sends go on", async () => {
    const open = await order("processing");
    const unpaid = await order("awaiting_payment");
    await pause("polling");
    expect(await looks()).toEqual([]);
    expect(await sends()).toEqual([unpaid]);
    expect((await claimOne(ctx, open))?.orderId).toBe(open);
  });

  it("nobody is due, so that nobody spins, until it ends", async () => {
    await order("processing");
    await pause("polling", HOUR);
    expect(await isAnythingDue(ctx, soon())).toBe(false);
    expect(await nextDueInMs(ctx)).toBeGreaterThan(HOUR * 1_000 - 60_000);
    await pause("polling", -1);
    expect(await isAnythingDue(ctx, soon())).toBe(true);
    expect(await looks()).toHaveLength(1);
  });

  it("the account's lists are not read", async () => {
    await pause("polling");
    // It would break off, and hold the account for a while.
    await auditAccounts(ctx);
    const { auditLeaseUntil } = await db.supplier.findUniqueOrThrow({ where: { id: supplierId } });
    expect(auditLeaseUntil).toBeNull();
  });
});

describe("what a pause holds up", () => {
  it.each([
    ["ordering", "submitting"],
    ["polling", "processing"],
  ] as const)("is not overdue: %s", async (work, status) => {
    const id = await order(status, 600);
    const late = async () => {
      const page = await listOrders(ctx, actor, { overdue: true } as never);
      return page.rows.map((row) => row.id);
    };
    expect(await late()).toContain(id);
    expect((await load())?.overdue).toBe(1);

    const until = await pause(work);
    expect(await late()).not.toContain(id);
    expect(await load()).toMatchObject({ due: 0, overdue: 0, oldestDueAt: null });
    expect(await readOrder(ctx, actor, id)).toMatchObject({
      nextPollAt: until.toISOString(),
      wait: { byPerson: { until: until.toISOString(), by: "Ravi" } },
    });

    // It is due from the end of the pause on.
    await pause(work, -30);
    expect(await late()).not.toContain(id);
    expect(await load()).toMatchObject({ due: 1, overdue: 0 });
    await pause(work, -90);
    expect(await late()).toContain(id);
    expect(await load()).toMatchObject({ due: 1, overdue: 1 });
  });
});
