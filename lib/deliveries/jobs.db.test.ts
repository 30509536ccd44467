import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { testActor } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { claimDeliveries } from "./claims.ts";
import type { DeliveriesContext } from "./context.ts";
import {
  announceMany,
  claimAll,
  createEndpoint,
  deliveriesContext,
  failedWith,
  forgetEndpoints,
  letPass,
  resultOf,
} from "./deliveries.fixture.ts";
import type { DeliveryFilter } from "./delivery-filter.ts";
import { recordResults } from "./record-results.ts";
import { resendDelivery } from "./resend-delivery.ts";
import { runJobs } from "./run-jobs.ts";
import { startJob } from "./start-job.ts";
import { stopJob } from "./stop-job.ts";
import type { JobKind } from "./types.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
const ctx = deliveriesContext(db);
const actor = testActor();
const request = { address: null, correlationId: null };
beforeEach(() => forgetEndpoints(db));

const start = (kind: JobKind, filter: DeliveryFilter, reason?: string) =>
  startJob(ctx, actor, { id: ctx.newId(), kind, filter, reason }, request);
const finish = async (context: Pick<DeliveriesContext, "db" | "log" | "now"> = ctx) => {
  for (let steps = 1; ; steps += 1) if ((await runJobs(context)) === "done") return steps - 1;
};
const jobOf = (id: string) => db.deliveryJob.findUniqueOrThrow({ where: { id } });
const ofEndpoint = (endpointId: string, state?: "pending" | "success" | "not_apply" | "failed") =>
  db.delivery.findMany({
    where: { endpointId, ...(state ? { state } : {}) },
    orderBy: { id: "asc" },
  });

async function sendAll(): Promise<void> {
  for (;;) {
    const claims = await claimAll(ctx);
    if (claims.length === 0) return;
    await recordResults(
      ctx,
      claims.map((claim) => resultOf(claim)),
    );
  }
}

describe("sending one again", () => {
  it("makes a new delivery of the same event, with tries of its own", async () => {
    const { id } = await createEndpoint(db, "shop");
    await announceMany(ctx, 1);
    await sendAll();
    const [first] = await ofEndpoint(id);
    if (!first) expect.fail();
    const answer = await resendDelivery(ctx, actor, first.id, request);
    expect(answer.kind).toBe("resent");
    const [claim] = await claimAll(ctx);
    expect(claim).toMatchObject({ number: 1, isResend: true, event: { id: first.eventId } });
    expect(claim?.deliveryId).not.toBe(first.id);
    // One is on its way: another one isn't made.
    await expect(resendDelivery(ctx, actor, first.id, request)).rejects.toMatchObject({
      code: "conflict",
    });
    const entries = await db.auditEntry.findMany({ where: { objectId: first.id } });
    expect(entries).toMatchObject([{ action: "delivery.resent", actorName: "Asha Rao" }]);
  });

  it("hastens what waits, and leaves alone what is being sent", async () => {
    const { id } = await createEndpoint(db, "shop");
    await announceMany(ctx, 1);
    const [claim] = await claimAll(ctx);
    if (!claim) expect.fail();
    await expect(resendDelivery(ctx, actor, claim.deliveryId, request)).rejects.toMatchObject({
      code: "conflict",
    });
    await recordResults(ctx, [resultOf(claim, failedWith("timeout"))]);
    expect(await claimAll(ctx)).toEqual([]);
    expect(await resendDelivery(ctx, actor, claim.deliveryId, request)).toEqual({
      kind: "hastened",
      deliveryId: claim.deliveryId,
    });
    expect(await claimAll(ctx)).toMatchObject([{ number: 2 }]);
    expect(await ofEndpoint(id)).toHaveLength(1);
  });

  it("isn't possible where nobody is, nor for a viewer", async () => {
    const { id } = await createEndpoint(db, "shop");
    await announceMany(ctx, 1);
    await sendAll();
    const [row] = await ofEndpoint(id);
    if (!row) expect.fail();
    await expect(resendDelivery(ctx, testActor("viewer"), row.id, request)).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(resendDelivery(ctx, actor, "junk", request)).rejects.toMatchObject({
      code: "not_found",
    });
    await db.endpoint.update({ where: { id }, data: { deletedAt: new Date() } });
    await expect(resendDelivery(ctx, actor, row.id, request)).rejects.toMatchObject({
      code: "conflict",
    });
  });
});

describe("what nobody asked for", () => {
  it("is recorded, and arrives once somebody asks and it is revived", async () => {
    await announceMany(ctx, 3);
    await announceMany(ctx, 1, { isMock: true });
    const idle = await db.delivery.findMany({ where: { endpointId: null, state: "not_apply" } });
    expect(new Set(idle.map(({ reason }) => reason))).toEqual(new Set(["nobody_asked"]));
    expect(idle).toHaveLength(4);
    const a = await createEndpoint(db, "a");
    const b = await createEndpoint(db, "b", { includesMock: true });
    await createEndpoint(db, "deaf", { events: ["order.created"] });
    const { jobId, total } = await start("revive", { reason: "nobody_asked" });
    expect(total).toBe(4);
    await finish();
    expect(await jobOf(jobId)).toMatchObject({ done: 4, skipped: 0, finishedAt: expect.any(Date) });
    expect(await ofEndpoint(a.id, "pending")).toHaveLength(3);
    expect(await ofEndpoint(b.id, "pending")).toHaveLength(4);
    expect(await db.delivery.count({ where: { endpointId: null } })).toBe(0);
    await sendAll();
    expect(await ofEndpoint(b.id, "success")).toHaveLength(4);
    // Once more changes nothing.
    await start("revive", { reason: "nobody_asked" });
    expect(await finish()).toBe(0);
  });

  it("goes to who took over from a deleted endpoint, and to nobody twice", async () => {
    const old = await createEndpoint(db, "old");
    const other = await createEndpoint(db, "other");
    await announceMany(ctx, 2);
    await db.endpoint.update({ where: { id: old.id }, data: { deletedAt: new Date() } });
    await db.$executeRaw`
      update deliveries set state = 'not_apply', reason = 'endpoint_deleted', next_attempt_at = null, finished_at = now()
      where endpoint_id = ${old.id}::uuid`;
    const heir = await createEndpoint(db, "heir");
    const filter = { endpoint: old.id };
    const { jobId } = await start("revive", filter);
    await finish();
    expect(await jobOf(jobId)).toMatchObject({ done: 2, skipped: 0 });
    expect(await ofEndpoint(heir.id, "pending")).toHaveLength(2);
    expect(await ofEndpoint(other.id)).toHaveLength(2);
    expect(await ofEndpoint(old.id, "not_apply")).toHaveLength(2);
    const again = await start("revive", filter);
    await finish();
    expect(await jobOf(again.jobId)).toMatchObject({ done: 0, skipped: 2 });
  });

  it("goes back to an endpoint that is on again, and goes on where it was", async () => {
    const { id } = await createEndpoint(db, "shop");
    await announceMany(ctx, 1);
    const [claim] = await claimAll(ctx);
    if (!claim) expect.fail();
    await recordResults(ctx, [resultOf(claim, failedWith("gone", { status: 410 }))]);
    const [row] = await ofEndpoint(id, "not_apply");
    expect(row).toMatchObject({ reason: "endpoint_disabled", tries: 1 });
    await expect(resendDelivery(ctx, actor, row?.id ?? "", request)).rejects.toMatchObject({
      code: "conflict",
    });
    await db.endpoint.update({ where: { id }, data: { disabledAt: null, disabledWhy: null } });
    expect(await resendDelivery(ctx, actor, row?.id ?? "", request)).toEqual({
      kind: "revived",
      deliveryIds: [row?.id],
    });
    expect(await claimAll(ctx)).toMatchObject([{ deliveryId: row?.id, number: 2 }]);
  });
});

describe("a job", () => {
  it("takes its steps whoever makes them, and each delivery once, also through deaths", async () => {
    const { id } = await createEndpoint(db, "shop", { sendsAtOnce: 64 });
    await announceMany(ctx, 1_100);
    await db.$executeRaw`
      update deliveries set state = 'success', next_attempt_at = null, finished_at = now()
      where endpoint_id = ${id}::uuid`;
    const { jobId, total } = await start("resend", { endpoint: id });
    expect(total).toBe(1_100);
    const reach = (at: string): DeliveriesContext["reach"] => {
      return async (point) => {
        if (point === at) throw new Error("died");
      };
    };
    await expect(runJobs({ ...ctx, reach: reach("delivery_job_step_written") })).rejects.toThrow();
    expect(await jobOf(jobId)).toMatchObject({ done: 0, position: null });
    await expect(
      runJobs({ ...ctx, reach: reach("delivery_job_step_committed") }),
    ).rejects.toThrow();
    expect(await jobOf(jobId)).toMatchObject({ done: 500 });
    await Promise.all([finish(), finish(), finish()]);
    await finish();
    expect(await jobOf(jobId)).toMatchObject({ done: 1_100, skipped: 0 });
    const resent = await ofEndpoint(id, "pending");
    expect(resent).toHaveLength(1_100);
    expect(new Set(resent.map(({ resendOfId }) => resendOfId)).size).toBe(1_100);
    const actions = await db.auditEntry.findMany({
      where: { objectId: jobId },
      orderBy: { seq: "asc" },
    });
    expect(actions.map(({ action }) => action)).toEqual([
      "delivery_job.begun",
      "delivery_job.finished",
    ]);
  });

  it("is stopped between two steps", async () => {
    const { id } = await createEndpoint(db, "shop");
    await announceMany(ctx, 600);
    await db.$executeRaw`
      update deliveries set state = 'failed', reason = 'broken', next_attempt_at = null, finished_at = now()
      where endpoint_id = ${id}::uuid`;
    const { jobId } = await start("resend", { endpoint: id, state: ["failed"] });
    await runJobs(ctx);
    await stopJob(ctx, actor, jobId, request);
    await stopJob(ctx, actor, jobId, request);
    expect(await finish()).toBe(0);
    expect(await jobOf(jobId)).toMatchObject({
      done: 500,
      stoppedBy: "Asha Rao",
      finishedAt: null,
    });
    expect(await ofEndpoint(id, "pending")).toHaveLength(500);
    await expect(stopJob(ctx, actor, "junk", request)).rejects.toMatchObject({ code: "not_found" });
    await expect(stopJob(ctx, testActor("viewer"), jobId, request)).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  it("is begun once for one id, and not what came later", async () => {
    const { id } = await createEndpoint(db, "shop");
    await announceMany(ctx, 2);
    await sendAll();
    const job = { id: ctx.newId(), kind: "resend", filter: { endpoint: id } } as const;
    const first = await startJob(ctx, actor, job, request);
    expect(await startJob(ctx, actor, job, request)).toEqual(first);
    await expect(
      startJob(ctx, testActor(), { ...job, kind: "revive" }, request),
    ).rejects.toMatchObject({ code: "conflict" });
    await announceMany(ctx, 1);
    await sendAll();
    await finish();
    expect(await jobOf(job.id)).toMatchObject({ total: 2, done: 2 });
    await expect(
      startJob(ctx, testActor("viewer"), { ...job, id: ctx.newId() }, request),
    ).rejects.toMatchObject({ code: "forbidden" });
  });

  it("sends nothing again that was sent again already", async () => {
    const { id } = await createEndpoint(db, "shop");
    await announceMany(ctx, 2);
    await db.$executeRaw`
      update deliveries set state = 'failed', reason = 'broken', next_attempt_at = null, finished_at = now()
      where endpoint_id = ${id}::uuid`;
    const [first] = await ofEndpoint(id);
    await resendDelivery(ctx, actor, first?.id ?? "", request);
    await sendAll();
    const { jobId, total } = await start("resend", { endpoint: id, state: ["failed"] });
    expect(total).toBe(2);
    await finish();
    expect(await jobOf(jobId)).toMatchObject({ done: 1, skipped: 1 });
  });

  it("that finds nothing is finished at once", async () => {
    const { jobId, total } = await start("resend", { order: crypto.randomUUID() });
    expect(total).toBe(0);
    expect(await jobOf(jobId)).toMatchObject({ finishedAt: expect.any(Date) });
  });

  it("drops what waits for a paused endpoint, with a reason", async () => {
    const { id } = await createEndpoint(db, "shop");
    await announceMany(ctx, 5);
    const held = await claimDeliveries(ctx, new Map(), 2);
    await expect(start("drop", { endpoint: id }, "too late")).rejects.toMatchObject({
      code: "conflict",
    });
    await db.endpoint.update({
      where: { id },
      data: { pausedAt: new Date(), pauseReason: "moving" },
    });
    await expect(start("drop", { endpoint: id })).rejects.toMatchObject({ code: "invalid" });
    await expect(start("drop", {}, "too late")).rejects.toMatchObject({ code: "invalid" });
    const { jobId } = await start("drop", { endpoint: id }, "too late");
    await finish();
    expect(await jobOf(jobId)).toMatchObject({ total: 5, done: 3, skipped: 2 });
    expect(await ofEndpoint(id, "not_apply")).toMatchObject(
      Array(3).fill({ reason: "dropped", note: "too late" }),
    );
    await recordResults(
      ctx,
      held.map((claim) => resultOf(claim)),
    );
  });

  it("releases what piled up: the pause ends, and nothing waits for its plan", async () => {
    const { id } = await createEndpoint(db, "shop", { sendsAtOnce: 64 });
    await announceMany(ctx, 3);
    const claims = await claimAll(ctx);
    await recordResults(
      ctx,
      claims.map((claim) => resultOf(claim, failedWith("timeout"))),
    );
    await db.endpoint.update({
      where: { id },
      data: {
        pausedAt: new Date(),
        pauseReason: "moving",
        trips: 3,
        openUntil: new Date(Date.now() + 9e5),
      },
    });
    await announceMany(ctx, 2);
    const { jobId } = await start("release", { endpoint: id });
    await finish();
    expect(await jobOf(jobId)).toMatchObject({ done: 5 });
    // In doubt it is sent less at once, but at once.
    expect((await claimAll(ctx)).length).toBe(2);
    await letPass(db, 0);
    await expect(start("release", {})).rejects.toMatchObject({ code: "invalid" });
    const narrower = { endpoint: id, type: ["balance.low" as const] };
    await expect(start("release", narrower)).rejects.toMatchObject({ code: "invalid" });
    await db.endpoint.update({
      where: { id },
      data: { disabledAt: new Date(), disabledWhy: "gone" },
    });
    await expect(start("release", { endpoint: id })).rejects.toMatchObject({ code: "conflict" });
  });
});
