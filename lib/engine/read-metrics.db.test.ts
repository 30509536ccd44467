import { afterAll, expect, it } from "vitest";
import { raiseAlerts } from "#lib/alerts/raise-alerts.ts";
import {
  announceMany,
  claimAll,
  createEndpoint,
  deliveriesContext,
  failedWith,
  resultOf,
} from "#lib/deliveries/deliveries.fixture.ts";
import { recordResults } from "#lib/deliveries/record-results.ts";
import { createOrder, scriptedSupplier, testClock, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { beginRun } from "./beat.ts";
import { readMetrics } from "./read-metrics.ts";
import { renderMetrics } from "./render-metrics.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
const clock = testClock();
const ctx = await testContext(db, scriptedSupplier(), clock);
const supplierId = ctx.account.id;
const secondsAgo = (seconds: number) => new Date(clock.now().getTime() - seconds * 1_000);
const sample = { what: "look", outcome: "accepted" };

it("tells of a bare database, that nobody works and nothing is known", async () => {
  expect(await readMetrics(ctx)).toMatchObject({
    openOrders: [],
    openSignals: [],
    engine: { workers: 0, isLate: true, beatAgeSeconds: null },
    suppliers: [{ supplier: "foxreload", waiting: 0, looksPerCompleted: null, breaker: "closed" }],
    balances: [],
    deliveries: { channels: [], tries: [], ended: [] },
  });
});

it("reads everything off the database, whoever wrote it", async () => {
  await beginRun(ctx, "worker");
  await beginRun(ctx, "worker");
  const { order } = await createOrder(db, supplierId, { nextPollAt: secondsAgo(90) });
  await createOrder(db, supplierId, {
    status: "completed",
    nextPollAt: null,
    finishedAt: secondsAgo(60),
    tookMs: 9_000,
    looks: 4,
  });
  await db.orderSignal.create({
    data: { id: ctx.newId(), orderId: order.id, key: "stalled", openedAt: clock.now() },
  });
  await db.systemSignal.create({
    data: { id: ctx.newId(), key: "audit_overdue", subject: supplierId, openedAt: clock.now() },
  });
  const amounts = { available: "81.25", reserved: "0", pending: "0" };
  await db.balanceSample.create({
    data: { supplierId, currency: "USD", ...amounts, sampledAt: clock.now() },
  });
  const minute = new Date(Math.floor(Date.now() / 60_000) * 60_000 - 60_000);
  await db.callCount.createMany({
    data: [
      { supplierId, minute, ...sample, calls: 6, useful: 2 },
      { supplierId, minute, what: "create", outcome: "accepted", calls: 1 },
    ],
  });
  await db.pollingPlan.create({
    data: { supplierId, mode: "sweep", sweepEveryMs: 6_000, congestion: 1.5 },
  });
  await db.supplier.update({ where: { id: supplierId }, data: { blockedUntil: secondsAgo(-30) } });

  await raiseAlerts(ctx);
  const metrics = await readMetrics(ctx);
  expect(metrics).toMatchObject({
    alerts: [{ state: "open", severity: "warning", count: 2, oldestSeconds: 0 }],
    openOrders: [{ status: "processing", isMock: false, count: 1 }],
    openSignals: [
      { key: "audit_overdue", count: 1 },
      { key: "stalled", count: 1 },
    ],
    engine: { workers: 2, isLate: false, beatAgeSeconds: 0 },
    suppliers: [
      {
        supplier: "foxreload",
        overdue: 1,
        oldestDueSeconds: 90,
        completedLastHour: 1,
        looksPerCompleted: 4,
        pollCallsPerCompleted: 6,
        detectionDelaySeconds: 3,
        blockedSeconds: 30,
        congestion: 1.5,
        mode: "sweep",
      },
    ],
    balances: [{ supplier: "foxreload", currency: "USD", available: 81.25 }],
  });
  const text = await renderMetrics(metrics);
  expect(text).toContain(
    'keyhold_supplier_calls_last_hour{supplier="foxreload",what="look",outcome="accepted"} 6\n',
  );
});

it("tells how deliveries are", async () => {
  const sending = deliveriesContext(db);
  await createEndpoint(db, "shop", { sendsAtOnce: 3 });
  await createEndpoint(db, "paused", { pausedAt: new Date(), pauseReason: "moving" });
  await announceMany(sending, 5);
  const [good, bad] = await claimAll(sending);
  if (!good || !bad) expect.fail("nothing was claimed");
  await recordResults(sending, [resultOf(good), resultOf(bad, failedWith("timeout"))]);
  await db.$executeRaw`
    update deliveries set next_attempt_at = now() - interval '90 seconds' where state = 'pending' and tries = 0`;
  const { deliveries } = await readMetrics(ctx);
  expect(deliveries).toMatchObject({
    channels: [{ channel: "webhook", endpoints: 2, endpointsHeld: 1, pending: 9, due: 2 }],
    tries: [
      { channel: "webhook", outcome: "accepted", errorKind: "", count: 1 },
      { channel: "webhook", outcome: "failed", errorKind: "timeout", count: 1 },
    ],
    ended: [{ state: "success", count: 1 }],
  });
  expect(Math.round(deliveries.channels[0]?.oldestDueSeconds ?? 0)).toBe(90);
});
