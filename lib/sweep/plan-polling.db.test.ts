import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { configurePolling } from "#lib/polling/configure-polling.ts";
import { readPlans } from "#lib/polling/read-plans.ts";
import { createOrder, scriptedSupplier, testClock, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { planPolling } from "./plan-polling.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
const clock = testClock();
const ctx = await testContext(db, scriptedSupplier(), clock);
const supplierId = ctx.account.id;

beforeEach(async () => {
  await db.orderItem.deleteMany();
  await db.order.deleteMany();
  await db.pollingPlan.deleteMany();
  await db.callCount.deleteMany();
});

const ago = (ms: number) => new Date(clock.now().getTime() - ms);
const soon = (ms: number) => new Date(Date.now() + ms);
async function open(count: number, facts: Parameters<typeof createOrder>[2] = {}) {
  const made = Array.from({ length: count }, () =>
    createOrder(db, supplierId, {
      statusChangedAt: ago(20_000),
      paidAt: ago(20_000),
      lastLookedAt: ago(1_000),
      pollEveryMs: 10_000,
      nextPollAt: soon(9_000),
      ...facts,
    }),
  );
  return Promise.all(made);
}
async function planned() {
  await planPolling(ctx);
  const [plan] = await readPlans(ctx);
  if (!plan) throw new Error("no plan");
  return plan;
}

describe("planPolling", () => {
  it("looks singly at few orders, and reads the list for many", async () => {
    await open(2);
    const few = await planned();
    expect(few).toMatchObject({ mode: "single", reason: "single_is_cheaper", congestion: 1 });
    expect(few.facts).toMatchObject({ open: 2, dueAMinute: 12, callsSingle: 12, budget: 60_000 });
    await open(8);
    clock.advance(10_000);
    const many = await planned();
    expect(many).toMatchObject({ mode: "sweep", reason: "sweep_is_cheaper", sweepEveryMs: 2_500 });
    expect(many.facts).toMatchObject({ open: 10, callsSingle: 60 });
    expect((await db.pollingPlan.findFirstOrThrow()).nextSweepAt?.getTime()).toBeLessThanOrEqual(
      Date.now() + 1_000,
    );
  });

  it("is made every ten seconds, by one of any number of processes", async () => {
    await open(2);
    await Promise.all(Array.from({ length: 5 }, () => planPolling(ctx)));
    const first = await db.pollingPlan.findFirstOrThrow();
    clock.advance(9_000);
    await planPolling(ctx);
    expect((await db.pollingPlan.findFirstOrThrow()).plannedAt).toEqual(first.plannedAt);
    clock.advance(1_000);
    await planPolling(ctx);
    expect((await db.pollingPlan.findFirstOrThrow()).plannedAt).toEqual(clock.now());
  });

  it("goes by the settings at once", async () => {
    await open(10);
    expect((await planned()).mode).toBe("sweep");
    await db.$transaction((tx) => configurePolling(tx, supplierId, { sweep: "off" }));
    expect(await planned()).toMatchObject({ mode: "single", reason: "switched_off" });
    expect((await planned()).settings).toMatchObject({ sweep: "off" });
  });

  it("gives orders back to schedules of their own when sweeping ends", async () => {
    const [order] = await open(1, { nextPollAt: soon(300_000) });
    await db.pollingPlan.create({ data: { supplierId, mode: "sweep", sweepEveryMs: 4_500 } });
    expect(await planned()).toMatchObject({ mode: "single", reason: "nothing_to_sweep" });
    const { nextPollAt } = await db.order.findUniqueOrThrow({
      where: { id: order?.order.id ?? "" },
    });
    expect(nextPollAt?.getTime()).toBeLessThan(Date.now() + 120_000);
  });

  it("doesn't sweep a list that isn't trusted", async () => {
    await open(10);
    await db.pollingPlan.create({
      data: { supplierId, distrustUntil: soon(600_000), distrustWhy: "odd" },
    });
    expect(await planned()).toMatchObject({
      mode: "single",
      reason: "distrusted",
      distrustWhy: "odd",
    });
  });

  it("stretches waits where the budget is too small, and leaves others theirs", async () => {
    const stood = { statusChangedAt: ago(3_600_000), paidAt: ago(3_600_000), pollEveryMs: 900_000 };
    await open(30, { ...stood, nextPollAt: soon(900_000), pollEveryMs: 1_000 });
    await db.callBudget.update({ where: { supplierId }, data: { callsPerMinute: 100, rate: 100 } });
    const alone = await planned();
    expect(alone).toMatchObject({
      mode: "single",
      facts: { open: 0, callsSingle: 1_800, budget: 100 },
    });
    expect(alone.congestion).toBeCloseTo(18 / 1.1);
    await db.callCount.create({
      data: { supplierId, minute: new Date(), what: "create", outcome: "accepted", calls: 250 },
    });
    clock.advance(10_000);
    const shared = await planned();
    expect(shared.facts).toMatchObject({ budget: 50 });
    expect(shared.congestion).toBeCloseTo(36 / 1.1);
  });
});
