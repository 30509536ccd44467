import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { DELIVERY_CRASH_POINTS } from "#lib/platform/crash-points.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { claimDeliveries } from "./claims.ts";
import type { DeliveriesContext } from "./context.ts";
import { deliver } from "./deliver.ts";
import {
  announceMany,
  createEndpoint,
  deliveriesContext,
  failedWith,
  forgetEndpoints,
  letPass,
  scriptedChannel,
} from "./deliveries.fixture.ts";
import { createOpenEndpoints } from "./open-endpoints.ts";
import { recordResults } from "./record-results.ts";
import { recoverLost } from "./recover-lost.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
beforeEach(() => forgetEndpoints(db));

class Died extends Error {}

/** Jobs have their own points, and their own test. */
const POINTS = DELIVERY_CRASH_POINTS.filter((point) => !point.startsWith("delivery_job"));

/** One worker's whole work: a claim, its tries and their recording. */
async function workOnce(ctx: DeliveriesContext): Promise<number> {
  const endpoints = createOpenEndpoints(ctx);
  const claims = await claimDeliveries(ctx, new Map(), 64);
  const results = [];
  for (const claim of claims) {
    const result = await deliver(ctx, endpoints, claim, () => true);
    if (result !== "unsent") results.push(result);
  }
  await recordResults(ctx, results);
  return claims.length;
}

const dying = (point: string): DeliveriesContext["reach"] => {
  return async (reached) => {
    if (reached === point) throw new Died(point);
  };
};

describe("a worker that dies", () => {
  it.each(POINTS)("at %s loses no delivery, and makes no try too many", async (point) => {
    const { sent, channels } = scriptedChannel();
    const ctx = deliveriesContext(db, { channels });
    // In doubt, so that a success is judged, too.
    await createEndpoint(db, "shop", { failures: 1 });
    await announceMany(ctx, 2);
    await expect(workOnce({ ...ctx, reach: dying(point) })).rejects.toThrow(Died);
    const isDone = point === "delivery_result_committed";
    if (!isDone) {
      expect(await claimDeliveries(ctx, new Map(), 64)).toEqual([]);
      await letPass(db, 21);
      expect(await recoverLost(ctx)).toBe("done");
      await letPass(db, 10);
      expect(await workOnce(ctx)).toBe(2);
    }
    const rows = await db.delivery.findMany({
      where: { endpoint: { deletedAt: null } },
      include: { attempts: { orderBy: { number: "asc" } } },
    });
    expect(rows).toHaveLength(2);
    for (const row of rows) {
      expect(row).toMatchObject({ state: "success", tries: isDone ? 1 : 2 });
      const outcomes = row.attempts.map(({ outcome }) => outcome);
      expect(outcomes).toEqual(isDone ? ["accepted"] : ["interrupted", "accepted"]);
      const seen = sent.filter(({ message }) => message.id === row.eventId);
      expect(seen.length).toBeGreaterThanOrEqual(1);
      // Twice only where the worker died after it had begun to send.
      expect(seen.length).toBeLessThanOrEqual(isDone || POINTS.indexOf(point) < 2 ? 1 : 2);
    }
  });

  it("with the seventh try in hand leaves it failed", async () => {
    const { sent, channels } = scriptedChannel(() => failedWith("timeout"));
    const ctx = deliveriesContext(db, { channels });
    await createEndpoint(db, "shop");
    await announceMany(ctx, 1);
    await db.$executeRaw`update deliveries set tries = 6 where state = 'pending'`;
    await expect(workOnce({ ...ctx, reach: dying("delivery_answered") })).rejects.toThrow(Died);
    await letPass(db, 21);
    await recoverLost(ctx);
    await letPass(db, 7 * 3_600);
    expect(await workOnce(ctx)).toBe(0);
    expect(sent).toHaveLength(1);
    const [row] = await db.delivery.findMany({ where: { endpoint: { deletedAt: null } } });
    expect(row).toMatchObject({ state: "failed", reason: "interrupted", tries: 7 });
  });
});

describe("a try that was taken for lost", () => {
  it("goes on once, whoever finds it, and the late result counts for nothing", async () => {
    const { channels } = scriptedChannel();
    const ctx = deliveriesContext(db, { channels });
    await createEndpoint(db, "shop");
    await announceMany(ctx, 1);
    const [claim] = await claimDeliveries(ctx, new Map(), 1);
    if (!claim) expect.fail("nothing was claimed");
    await letPass(db, 21);
    await Promise.all(Array.from({ length: 4 }, () => recoverLost(ctx)));
    const late = await deliver(ctx, createOpenEndpoints(ctx), claim, () => true);
    if (late !== "unsent") await recordResults(ctx, [late]);
    const row = await db.delivery.findUniqueOrThrow({
      where: { id: claim.deliveryId },
      include: { attempts: true },
    });
    expect(row).toMatchObject({
      state: "pending",
      tries: 1,
      attempts: [{ outcome: "interrupted" }],
    });
  });

  it("is left alone while its lease is renewed", async () => {
    const ctx = deliveriesContext(db);
    await createEndpoint(db, "shop");
    await announceMany(ctx, 1);
    await claimDeliveries(ctx, new Map(), 1);
    await db.$executeRaw`
      update delivery_attempts set started_at = now() - interval '5 minutes' where finished_at is null`;
    await recoverLost(ctx);
    expect(await db.delivery.count({ where: { leaseToken: { not: null } } })).toBe(1);
  });
});
