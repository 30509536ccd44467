/** What its rule ends, and a person's word too: it doesn't come back for what that word was about. */
import { afterAll, beforeEach, expect, it } from "vitest";
import {
  announceMany,
  claimAll,
  createEndpoint,
  failedWith,
  forgetEndpoints,
  letPass,
  resultOf,
} from "#lib/deliveries/deliveries.fixture.ts";
import { listDeliveries } from "#lib/deliveries/read-deliveries.ts";
import { recordResults } from "#lib/deliveries/record-results.ts";
import {
  createOrder,
  scriptedSupplier,
  testActor,
  testClock,
  testContext,
} from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { type AlertKind, RESOLVED_REST_MS } from "./alert-policy.ts";
import { raiseAlerts } from "./raise-alerts.ts";
import { resolveAlerts } from "./resolve-alerts.ts";
import { deliveryFailed } from "./rules/delivery-failed.ts";
import { noticesFailed } from "./rules/notices-failed.ts";
import { wakeAlerts } from "./wake-alerts.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
const clock = testClock();
const ctx = await testContext(db, scriptedSupplier(), clock);
const asha = testActor("operator");
beforeEach(() => forgetEndpoints(db));

/** Announces so many events, which reach nobody. */
async function fail(count: number, orderId: string | null): Promise<void> {
  const about =
    orderId === null ? {} : { type: "order.stalled" as const, orderId, subject: orderId };
  await announceMany(ctx, count, about);
  for (let tries = 0; tries < 2; tries++) {
    const claims = await claimAll(ctx);
    expect(claims).toHaveLength(count);
    const timeout = failedWith("timeout");
    await recordResults(
      ctx,
      claims.map((claim) => resultOf(claim, timeout)),
    );
    await letPass(db, 60);
  }
}

async function judged(kind: AlertKind) {
  for (const rule of [deliveryFailed, noticesFailed]) await rule.judge(ctx);
  await raiseAlerts(ctx);
  return db.alert.findMany({ where: { kind }, orderBy: { openedAt: "asc" } });
}

it.each(["delivery_failed", "notices_failed"] as const)(
  "%s stays ended by a person, until something else fails",
  async (kind) => {
    await createEndpoint(db, `of ${kind}`, {
      retryPlanMs: [1_000],
      // Not of the alerts that come of it.
      events: ["order.stalled", "balance.low"],
    });
    const orderId =
      kind === "delivery_failed" ? (await createOrder(db, ctx.account.id)).order.id : null;
    await fail(2, orderId);
    const alerts = await judged(kind);
    expect(alerts).toMatchObject([{ state: "open", data: { count: 2 } }]);
    const filter = { alert: alerts[0]?.id, state: ["failed" as const] };
    const { rows } = await listDeliveries(ctx, asha, filter);
    expect(rows).toHaveLength(orderId === null ? 0 : 2);

    await resolveAlerts(ctx, asha, { alerts, reason: "They know by phone." });
    clock.advance(RESOLVED_REST_MS + 1);
    expect(await wakeAlerts(ctx)).toBe("done");
    expect(await judged(kind)).toMatchObject([{ state: "resolved", resolution: "person" }]);

    await letPass(db, 60);
    await fail(1, orderId);
    expect((await judged(kind)).filter(({ state }) => state === "open")).toMatchObject([
      { data: { count: 1 } },
    ]);
  },
);

it("is told of anew where something failed that nobody had seen who ended it", async () => {
  await createEndpoint(db, "night shift", { retryPlanMs: [1_000], events: ["balance.low"] });
  const open = async () =>
    (await judged("notices_failed")).filter(({ state }) => state !== "resolved");
  await fail(1, null);
  const alerts = await open();
  await letPass(db, 60);
  await fail(1, null);
  expect(await open()).toMatchObject([{ id: alerts[0]?.id }]);
  await resolveAlerts(ctx, asha, { alerts, reason: "They know by phone." });
  expect(await open()).toMatchObject([{ data: { count: 1 } }]);
  await resolveAlerts(ctx, asha, { alerts: await open(), reason: "Of this one, too." });
  expect(await open()).toEqual([]);
});
