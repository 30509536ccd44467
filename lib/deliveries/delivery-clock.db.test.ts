import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { announce } from "#lib/events/announce.ts";
import { testActor } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { claimDeliveries } from "./claims.ts";
import {
  createEndpoint,
  deliveriesContext,
  eventOf,
  failedWith,
  forgetEndpoints,
  letPass,
  resultOf,
} from "./deliveries.fixture.ts";
import type { DeliveryFilter } from "./delivery-filter.ts";
import { countDeliveryAttention, listDeliveries } from "./read-deliveries.ts";
import { recordResults } from "./record-results.ts";
import { resendDelivery } from "./resend-delivery.ts";
import { startJob } from "./start-job.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const HOUR_MS = 3_600_000;
const operator = testActor("operator");
const UNASKED = { address: null, correlationId: null };
/** A process whose clock is off by so much. */
const off = (hours: number) => ({
  ...deliveriesContext(db),
  now: () => new Date(Date.now() + hours * HOUR_MS),
});
const [right, ahead, behind] = [off(0), off(2), off(-2)];
type Ctx = typeof right;
let endpointId = "";

beforeEach(async () => {
  await forgetEndpoints(db);
  endpointId = (await createEndpoint(db, "shop")).id;
});

/** Ids of one millisecond are in no order. */
const tick = () => db.$executeRaw`select from pg_sleep(0.003)`;

async function told(ctx: Ctx): Promise<string> {
  await tick();
  const event = { ...eventOf(), endpointId };
  await db.$transaction((tx) => announce(tx, ctx, [event], ctx.now()));
  await tick();
  const { id } = await db.delivery.findFirstOrThrow({
    where: { event: { subject: event.subject } },
  });
  return id;
}
const end = async () => {
  const claims = await claimDeliveries(right, new Map(), 64);
  await recordResults(
    right,
    claims.map((claim) => resultOf(claim)),
  );
};
const listed = async (ctx: Ctx, filter: DeliveryFilter = {}) =>
  (await listDeliveries(ctx, operator, { endpoint: endpointId, ...filter })).rows.map(
    ({ id }) => id,
  );
const jobTotal = async (ctx: Ctx) => {
  const job = { id: ctx.newId(), kind: "resend", filter: { endpoint: endpointId } } as const;
  return (await startJob(ctx, operator, job, UNASKED)).total;
};

describe("deliveries, whatever the clocks of the processes say", () => {
  it("are listed in the order of their making, also those sent again", async () => {
    const first = await told(ahead);
    const second = await told(behind);
    await end();
    await tick();
    const again = await resendDelivery(right, operator, first, UNASKED);
    if (again.kind !== "resent") return expect.fail(again.kind);
    const third = await told(behind);
    expect(await listed(right)).toEqual([third, again.deliveryId, second, first]);
  });

  it("are found by when they were made", async () => {
    const since = new Date(Date.now() - 1_000).toISOString();
    const until = new Date(Date.now() + 60_000).toISOString();
    const both = [await told(ahead), await told(behind)].reverse();
    expect(await listed(ahead, { since })).toEqual(both);
    expect(await listed(behind, { since, until })).toEqual(both);
    expect(await listed(right, { until: since })).toEqual([]);
  });

  it("are what a job is about when it begins, and no later ones", async () => {
    await told(ahead);
    await told(behind);
    await end();
    expect(await jobTotal(behind)).toBe(2);
    expect(await jobTotal(ahead)).toBe(2);
    const { upTo } = await db.deliveryJob.findFirstOrThrow({ orderBy: { upTo: "desc" } });
    expect((await told(behind)) > upTo).toBe(true);
  });

  it("are late once they are, and not before", async () => {
    await told(behind);
    const late = (ctx: Ctx) => listed(ctx, { attention: "1" });
    const all = [right, ahead, behind];
    for (const ctx of all) expect(await late(ctx)).toEqual([]);
    expect(await Promise.all(all.map(countDeliveryAttention))).toEqual([0, 0, 0]);
    await letPass(db, 600);
    for (const ctx of all) expect(await late(ctx)).toHaveLength(1);
    expect(await Promise.all(all.map(countDeliveryAttention))).toEqual([1, 1, 1]);
  });

  it("rest with their endpoint for as long as that does", async () => {
    await told(right);
    const [claim] = await claimDeliveries(right, new Map(), 64);
    if (!claim) return expect.fail("nothing was due");
    await recordResults(right, [resultOf(claim, failedWith("limited", { waitMs: HOUR_MS }))]);
    const standing = async (ctx: Ctx) =>
      (await listDeliveries(ctx, operator, { endpoint: endpointId })).rows[0]?.endpoint?.standing;
    expect([await standing(right), await standing(ahead)]).toEqual(["resting", "resting"]);
  });
});
