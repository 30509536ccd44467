import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { finishedHref, spentHref } from "#components/overview/links.ts";
import { isFinished, isOpen, ORDER_STATUSES, type OrderStatus } from "#lib/orders/lifecycle.ts";
import { parseOrderFilter } from "#lib/orders/order-filter.ts";
import { listOrders } from "#lib/orders/read-orders.ts";
import {
  createOrder,
  createProduct,
  scriptedSupplier,
  testActor,
  testClock,
  testContext,
} from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { readOverview } from "./read-overview.ts";
import { readTrends } from "./read-trends.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
const clock = testClock(new Date("2026-11-22T09:20:00.000Z"));
const ctx = await testContext(db, scriptedSupplier(), clock);
const viewer = testActor("viewer");
const MINUTE_MS = 60_000;
const minutesAgo = (minutes: number) => new Date(clock.now().getTime() - minutes * MINUTE_MS);
const KATHMANDU = { timeZone: "Asia/Kathmandu" };

beforeEach(async () => {
  // As nobody can who isn't the database's owner: codes are kept for ever.
  await db.$transaction([
    db.$executeRaw`set local session_replication_role = replica`,
    db.$executeRaw`truncate orders, alerts, rule_runs cascade`,
  ]);
});

type Facts = NonNullable<Parameters<typeof createOrder>[2]>;

async function add(status: OrderStatus, facts: Facts = {}): Promise<string> {
  const { order } = await createOrder(db, ctx.account.id, {
    status,
    createdAt: clock.now(),
    statusChangedAt: clock.now(),
    nextPollAt: isOpen(status) ? new Date() : null,
    finishedAt: isFinished(status) ? clock.now() : null,
    ...(status === "rejected" ? { rejection: { class: "balance", code: null, detail: "no" } } : {}),
    ...facts,
  });
  return order.id;
}

describe("readOverview", () => {
  it("counts live orders by state: open ones all, finished ones of the last day", async () => {
    const old = minutesAgo(25 * 60);
    for (const status of ORDER_STATUSES) {
      await add(status);
      await add(status, { isMock: true });
      const ended = isFinished(status) ? { finishedAt: old, statusChangedAt: old } : {};
      await add(status, { createdAt: old, ...ended });
    }
    const { counts } = await readOverview(ctx, viewer, KATHMANDU);
    for (const status of ORDER_STATUSES) {
      expect([status, counts[status]]).toEqual([status, isFinished(status) ? 1 : 2]);
    }
    // It was completed long ago.
    await add("refunded", { finishedAt: old });
    expect((await readOverview(ctx, viewer, KATHMANDU)).counts.refunded).toBe(2);
  });

  it("shows the orders open longest and those that ended last, mocks left out", async () => {
    const open = [];
    const done = [];
    for (let index = 0; index < 9; index++) {
      open.push(await add(index % 2 ? "paid" : "unconfirmed"));
      done.unshift(
        await add(index % 2 ? "completed" : "partial", { finishedAt: minutesAgo(20 - index) }),
      );
      await add("processing", { isMock: true });
      await add("completed", { isMock: true });
    }
    await add("failed");
    const overview = await readOverview(ctx, viewer, KATHMANDU);
    expect(overview.oldestOpen.map(({ id }) => id)).toEqual(open.slice(0, 8));
    expect(overview.recentlyDone.map(({ id }) => id)).toEqual(done.slice(0, 8));
  });

  it("shows a stall as an alert also where no engine has run", async () => {
    const id = await add("paid", { statusChangedAt: minutesAgo(30) });
    const { alerts, oldestOpen } = await readOverview(ctx, viewer, KATHMANDU);
    expect(alerts?.worst.map(({ kind, order }) => [kind, order?.id])).toContainEqual([
      "stalled",
      id,
    ]);
    expect(alerts?.bySeverity.warning).toBeGreaterThanOrEqual(1);
    expect(oldestOpen[0]?.signals).toContain("stalled");
  });

  it("sums today's payments by currency, the day being the reader's, and what came to nothing", async () => {
    // Midnight in Kathmandu was at 18:15 UTC.
    const justBefore = new Date("2026-11-21T18:14:59.000Z");
    const midnight = new Date("2026-11-21T18:15:00.000Z");
    await add("completed", { paidAt: justBefore, chargedTotal: "100" });
    await add("completed", { paidAt: midnight, agreedTotal: "4.75", chargedTotal: "4.9" });
    await add("processing", { paidAt: clock.now(), agreedTotal: "0.0001" });
    await add("failed", { paidAt: clock.now(), chargedTotal: "2.5" });
    await add("completed", { paidAt: clock.now(), currency: "EUR", chargedTotal: "7" });
    await add("completed", { paidAt: clock.now(), isMock: true, chargedTotal: "1000" });
    await add("refunded", { paidAt: clock.now(), chargedTotal: "50" });
    await add("awaiting_payment");
    const { spend } = await readOverview(ctx, viewer, KATHMANDU);
    expect(spend).toEqual({
      since: midnight.toISOString(),
      of: [
        { currency: "USD", orders: 3, amount: "7.4001", lost: "2.5" },
        { currency: "EUR", orders: 1, amount: "7", lost: "0" },
      ],
    });
  });

  describe("each figure", () => {
    const behind = async (href: string) => {
      const query = new URL(href, "https://ops.example.com").searchParams;
      const ids: string[] = [];
      let after: string | null = null;
      do {
        if (after) query.set("after", after);
        const page = await listOrders(ctx, viewer, parseOrderFilter(query));
        ids.push(...page.rows.map(({ id }) => id));
        after = page.next;
      } while (after);
      return ids;
    };

    it("of what has finished leads to those very orders", async () => {
      for (const minutes of [0, 24 * 60, 24 * 60 + 1]) {
        const at = minutesAgo(minutes);
        for (const status of ORDER_STATUSES.filter(isFinished)) {
          await add(status, { finishedAt: at, statusChangedAt: at });
          await add(status, { finishedAt: at, statusChangedAt: at, isMock: true });
        }
      }
      // Each is in one of two states by what happened to it last.
      await add("refunded", { finishedAt: minutesAgo(30 * 60), statusChangedAt: minutesAgo(5) });
      await add("refunded", { finishedAt: minutesAgo(5), statusChangedAt: minutesAgo(30 * 60) });
      const { counts, finishedSince } = await readOverview(ctx, viewer, KATHMANDU);
      for (const status of ORDER_STATUSES.filter(isFinished)) {
        const listed = await behind(finishedHref(status, finishedSince));
        expect([status, listed.length]).toEqual([status, counts[status]]);
        expect([status, counts[status]]).toEqual([status, status === "refunded" ? 3 : 2]);
      }
    });

    it("of today's spend leads to those very orders", async () => {
      const midnight = new Date("2026-11-21T18:15:00.000Z");
      await add("completed", { paidAt: new Date(midnight.getTime() - 1) });
      const paid = { paidAt: midnight };
      for (const status of ["paid", "processing", "failed", "unconfirmed"] as const) {
        await add(status, paid);
      }
      await add("completed", { ...paid, currency: "EUR" });
      await add("completed", { ...paid, isMock: true });
      await add("refunded", paid);
      const { spend } = await readOverview(ctx, viewer, KATHMANDU);
      const listed = spend?.of.map(async ({ currency, orders }) => [
        ...[currency, orders],
        (await behind(spentHref(currency, spend.since))).length,
      ]);
      expect(await Promise.all(listed ?? [])).toEqual([
        ["USD", 4, 4],
        ["EUR", 1, 1],
      ]);
    });

    it("leads to all of them also where they are too many to be named", async () => {
      const first = await add("failed", { paidAt: clock.now() });
      await add("failed", { finishedAt: minutesAgo(2_000), statusChangedAt: minutesAgo(2_000) });
      await db.$executeRaw`
        insert into orders (id, client_ref, supplier_id, supplier_order_id, status, is_mock, currency, agreed_total,
          actor_kind, actor_name, correlation_id, created_at, status_changed_at, paid_at, finished_at)
        select time_ordered_id(created_at + n * interval '1 ms'), 'many-' || n, supplier_id, 'many_' || n, status, is_mock, currency,
          agreed_total, actor_kind, actor_name, correlation_id, created_at, status_changed_at, paid_at, finished_at
        from orders, generate_series(1, 1100) n where id = ${first}::uuid`;
      const { counts, finishedSince, spend } = await readOverview(ctx, viewer, KATHMANDU);
      const failed = await behind(finishedHref("failed", finishedSince));
      expect([failed.length, new Set(failed).size]).toEqual([counts.failed, 1_101]);
      expect(await behind(spentHref("USD", spend?.since ?? ""))).toHaveLength(1_101);
    });
  });

  it("tells how long a product's orders take, by what is known of it", async () => {
    const product = await createProduct(db, ctx.account.id, { name: "Steam Wallet 5 EUR" });
    const quantiles = Array.from({ length: 33 }, (_, step) => step * 1_000);
    await db.productCurve.create({
      data: {
        supplierId: ctx.account.id,
        externalId: product.externalId,
        samples: 40,
        quantiles,
        learntAt: clock.now(),
      },
    });
    const { times } = await readOverview(ctx, viewer, KATHMANDU);
    expect(times).toMatchObject([
      { name: "Steam Wallet 5 EUR", productId: product.id, samples: 40, p50: 16_000, p95: 30_400 },
    ]);
  });

  it("tells whether accounts answer, and what of their calls came to nothing", async () => {
    const call = (outcome: string, minutes: number, calls: number) => ({
      supplierId: ctx.account.id,
      minute: new Date(Math.floor((Date.now() - minutes * MINUTE_MS) / MINUTE_MS) * MINUTE_MS),
      what: "look",
      outcome,
      calls,
    });
    await db.callCount.createMany({
      data: [call("accepted", 3, 30), call("failed", 4, 10), call("failed", 70, 99)],
    });
    const { suppliers } = await readOverview(ctx, viewer, KATHMANDU);
    expect(suppliers).toMatchObject([
      { slug: "foxreload", health: "unknown", calls: 40, failedCalls: 10 },
    ]);
  });

  it("is empty, not broken, in the beginning", async () => {
    const overview = await readOverview(ctx, viewer, KATHMANDU);
    expect(Object.values(overview.counts).every((count) => count === 0)).toBe(true);
    expect(overview).toMatchObject({
      oldestOpen: [],
      recentlyDone: [],
      spend: { of: [] },
      deliveries: { success: 0, failed: 0, pending: 0, isCapped: false, oldestPendingAt: null },
    });
  });
});

describe("readTrends", () => {
  it("counts how orders ended by the reader's hours, the present one last", async () => {
    await add("completed", { finishedAt: new Date("2026-11-22T09:15:00.000Z") });
    await add("rejected", { finishedAt: new Date("2026-11-22T09:14:59.000Z") });
    await add("cancelled", { finishedAt: new Date("2026-11-21T10:15:00.000Z") });
    await add("partial", { finishedAt: new Date("2026-11-21T10:14:59.000Z") });
    const { hours } = await readTrends(ctx, viewer, KATHMANDU);
    expect(hours).toHaveLength(24);
    expect(hours.at(-1)).toEqual({
      at: "2026-11-22T09:15:00.000Z",
      ...{ completed: 1, partial: 0, failed: 0, cancelled: 0, refunded: 0 },
    });
    expect(hours.at(-2)).toMatchObject({ at: "2026-11-22T08:15:00.000Z", failed: 1 });
    expect(hours[0]).toMatchObject({ at: "2026-11-21T10:15:00.000Z", cancelled: 1, partial: 0 });
  });

  it("sums payments by the reader's days, today last, in each currency", async () => {
    const later = { ...ctx, now: () => new Date("2026-12-22T09:20:00.000Z") };
    await add("completed", { paidAt: new Date("2026-12-21T18:15:00.000Z"), chargedTotal: "3" });
    await add("completed", { paidAt: new Date("2026-12-21T18:14:00.000Z"), chargedTotal: "2" });
    await add("failed", {
      paidAt: new Date("2026-12-21T18:14:00.000Z"),
      currency: "EUR",
      chargedTotal: "1.5",
    });
    await add("completed", { paidAt: new Date("2026-12-08T18:15:00.000Z"), chargedTotal: "8" });
    await add("completed", { paidAt: new Date("2026-12-08T18:14:00.000Z"), chargedTotal: "9" });
    const { days, currencies } = await readTrends(later, viewer, KATHMANDU);
    expect(currencies).toEqual(["USD", "EUR"]);
    expect(days).toHaveLength(14);
    expect(days.at(-1)).toEqual({
      at: "2026-12-21T18:15:00.000Z",
      spent: { USD: "3" },
      orders: 1,
    });
    expect(days.at(-2)).toMatchObject({ spent: { USD: "2", EUR: "1.5" }, orders: 2 });
    expect(days[0]).toMatchObject({ at: "2026-12-08T18:15:00.000Z", spent: { USD: "8" } });
  });

  it("remembers days that are over for an hour, and nothing of today and of a night ago", async () => {
    let at = new Date("2027-01-10T12:00:00.000Z");
    const later = { ...ctx, now: () => at };
    const read = async () =>
      (await readTrends(later, viewer, { timeZone: "UTC" })).days
        .slice(-3)
        .map(({ orders }) => orders);
    expect(await read()).toEqual([0, 0, 0]);
    for (const day of ["08", "09", "10"]) {
      await add("completed", { paidAt: new Date(`2027-01-${day}T11:00:00.000Z`) });
    }
    expect(await read()).toEqual([0, 0, 1]);
    at = new Date("2027-01-10T13:00:00.000Z");
    expect(await read()).toEqual([1, 1, 1]);

    at = new Date("2027-01-11T00:30:00.000Z");
    expect(await read()).toEqual([1, 1, 0]);
    await add("completed", { paidAt: new Date("2027-01-10T23:59:00.000Z") });
    expect(await read()).toEqual([1, 2, 0]);
  });
});
