import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { expectDueIn } from "#lib/platform/expect-due-in.fixture.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import type { SendOutcome } from "./channel.ts";
import type { DeliveryClaim } from "./claims.ts";
import {
  ACCEPTED,
  announceMany,
  claimAll,
  createEndpoint,
  deliveriesContext,
  failedWith,
  forgetEndpoints,
  letPass,
  resultOf,
} from "./deliveries.fixture.ts";
import { recordResults } from "./record-results.ts";
import { createResultRecorder } from "./result-recorder.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
const ctx = deliveriesContext(db);
beforeEach(() => forgetEndpoints(db));

const only = ([claim, ...others]: DeliveryClaim[]): DeliveryClaim => {
  if (!claim || others.length > 0) expect.fail("one claim was expected");
  return claim;
};
const deliveryOf = ({ deliveryId }: DeliveryClaim) =>
  db.delivery.findUniqueOrThrow({
    where: { id: deliveryId },
    include: { attempts: { orderBy: { number: "asc" } } },
  });
const endpointOf = ({ endpoint: { id } }: DeliveryClaim) =>
  db.endpoint.findUniqueOrThrow({ where: { id } });
const signals = async (key: string) =>
  (await db.systemSignal.findMany({ where: { key, clearedAt: null } })).map((row) => row.subject);

async function tryOne(outcome: SendOutcome): Promise<DeliveryClaim> {
  const claim = only(await claimAll(ctx));
  await recordResults(ctx, [resultOf(claim, outcome)]);
  return claim;
}

describe("a result", () => {
  it("ends the delivery with an acknowledgement, and says how the try went", async () => {
    await createEndpoint(db, "shop");
    await announceMany(ctx, 1);
    const claim = await tryOne(ACCEPTED);
    const row = await deliveryOf(claim);
    expect(row).toMatchObject({ state: "success", reason: null, nextAttemptAt: null, tries: 1 });
    expect(row).toMatchObject({ leaseToken: null, leaseUntil: null });
    expect(row.finishedAt).toBeInstanceOf(Date);
    expect(row.attempts).toMatchObject([
      { number: 1, outcome: "accepted", status: 200, tookMs: 12, answer: "ok", errorKind: null },
    ]);
    expect(row.attempts[0]?.request).toEqual({ to: "nowhere", headers: {}, body: "{}" });
    expect((await endpointOf(claim)).lastSuccessAt).toBeInstanceOf(Date);
  });

  it("is tried seven times by plan, and failed then", async () => {
    await createEndpoint(db, "shop");
    await announceMany(ctx, 1);
    for (const [at, seconds] of [5, 30, 120, 600, 3_600, 21_600].entries()) {
      const since = Date.now();
      const claim = await tryOne(failedWith("broken", { status: 500 }));
      expect(claim.number).toBe(at + 1);
      expectDueIn((await deliveryOf(claim)).nextAttemptAt, seconds * 1_000, since);
      await letPass(db, 7 * 3_600);
    }
    const last = await tryOne(failedWith("broken", { status: 500 }));
    expect(await deliveryOf(last)).toMatchObject({ state: "failed", reason: "broken", tries: 7 });
    expect(await claimAll(ctx)).toEqual([]);
  });

  it("counts once against its endpoint, however often it is told", async () => {
    await createEndpoint(db, "shop");
    await announceMany(ctx, 1);
    const claim = await tryOne(failedWith("broken", { status: 500 }));
    await recordResults(ctx, [resultOf(claim, failedWith("broken", { status: 500 }))]);
    expect((await endpointOf(claim)).failures).toBe(1);
    expect((await deliveryOf(claim)).tries).toBe(1);
  });

  it("waits for as long as the receiver asks, and so do the others", async () => {
    await createEndpoint(db, "shop");
    await announceMany(ctx, 1);
    const claim = await tryOne(failedWith("limited", { status: 429, waitMs: 90_000 }));
    const row = await deliveryOf(claim);
    expect(row.attempts).toMatchObject([{ errorKind: "limited", waitMs: 90_000, status: 429 }]);
    expect(row.nextAttemptAt?.getTime()).toBeGreaterThan(Date.now() + 85_000);
    await announceMany(ctx, 1);
    expect(await claimAll(ctx)).toEqual([]);
    await letPass(db, 91);
    expect(await claimAll(ctx)).toHaveLength(2);
  });

  it("is nobody's any more once the lease is another's", async () => {
    await createEndpoint(db, "shop");
    await announceMany(ctx, 1);
    const claim = only(await claimAll(ctx));
    await db.delivery.update({
      where: { id: claim.deliveryId },
      data: { leaseToken: crypto.randomUUID() },
    });
    await recordResults(ctx, [resultOf(claim)]);
    const row = await deliveryOf(claim);
    expect(row).toMatchObject({ state: "pending", attempts: [{ outcome: null }] });
  });

  it("may say anything", async () => {
    await createEndpoint(db, "shop");
    await announceMany(ctx, 1);
    const claim = await tryOne({
      kind: "refused",
      errorKind: "refused",
      status: 422,
      answer: `\0 half \ud800 a character${"ä".repeat(5_000)}`,
      waitMs: 10 ** 15,
    });
    const { attempts } = await deliveryOf(claim);
    expect(attempts[0]?.answer?.startsWith("\ufffd half \ufffd a")).toBe(true);
    expect(attempts[0]?.answer).toHaveLength(2_048);
  });

  it("that comes when the endpoint is gone is not tried again", async () => {
    await createEndpoint(db, "deleted");
    await createEndpoint(db, "paused");
    await announceMany(ctx, 1);
    const claims = await claimAll(ctx);
    const [one, other] = claims;
    if (!one || !other) expect.fail();
    for (const { endpoint } of claims) {
      const data =
        endpoint.name === "deleted"
          ? { deletedAt: new Date() }
          : { pausedAt: new Date(), pauseReason: "moving" };
      await db.endpoint.update({ where: { id: endpoint.id }, data });
    }
    await recordResults(
      ctx,
      claims.map((claim) => resultOf(claim, failedWith("timeout"))),
    );
    for (const claim of claims) {
      const expected =
        claim.endpoint.name === "deleted"
          ? { state: "not_apply", reason: "endpoint_deleted", nextAttemptAt: null }
          : { state: "pending", reason: null };
      expect(await deliveryOf(claim)).toMatchObject(expected);
    }
    await letPass(db, 60);
    expect(await claimAll(ctx)).toEqual([]);
  });
});

describe("an endpoint", () => {
  it("that answers 410 is switched off, and what waits for it ends", async () => {
    const gone = await createEndpoint(db, "gone", { sendsAtOnce: 2 });
    const other = await createEndpoint(db, "other", { events: ["delivery.endpoint_disabled"] });
    await announceMany(ctx, 5);
    const claims = await claimAll(ctx);
    expect(claims).toHaveLength(2);
    await recordResults(
      ctx,
      claims.map((claim) => resultOf(claim, failedWith("gone", { status: 410 }))),
    );
    const row = await db.endpoint.findUniqueOrThrow({ where: { id: gone.id } });
    expect(row).toMatchObject({ disabledWhy: "gone", lastError: "gone" });
    const states = await db.delivery.groupBy({
      by: ["state", "reason"],
      where: { endpointId: gone.id },
      _count: true,
    });
    // With the news that it is off.
    expect(states).toEqual([{ state: "not_apply", reason: "endpoint_disabled", _count: 6 }]);
    expect(await signals("endpoint_disabled")).toEqual([gone.id]);
    // Who asked for it hears of it, once.
    const told = await claimAll(ctx);
    expect(told.map(({ endpoint, event }) => [endpoint.id, event.type])).toEqual([
      [other.id, "delivery.endpoint_disabled"],
    ]);
    expect(told[0]?.event.data).toMatchObject({ endpointId: gone.id, why: "gone", dropped: 3 });
    const entries = await db.auditEntry.findMany({ where: { objectId: gone.id } });
    expect(entries).toMatchObject([{ action: "endpoint.disabled" }]);
  });

  it("is warned of at half its failure budget, and recovers with the first success", async () => {
    const shop = await createEndpoint(db, "shop", { failures: 49, trips: 3 });
    await announceMany(ctx, 1);
    const claim = await tryOne(failedWith("timeout"));
    expect(await signals("endpoint_failing")).toEqual([shop.id]);
    expect((await endpointOf(claim)).warnedAt).toBeInstanceOf(Date);
    await letPass(db, 3_600);
    await tryOne(ACCEPTED);
    expect(await signals("endpoint_failing")).toEqual([]);
    expect(await endpointOf(claim)).toMatchObject({
      failures: 0,
      trips: 0,
      openUntil: null,
      warnedAt: null,
    });
  });

  it("is switched off by its hundredth failure in a row", async () => {
    const shop = await createEndpoint(db, "shop", { failures: 99, trips: 9 });
    await announceMany(ctx, 3);
    await tryOne(failedWith("connect"));
    const row = await db.endpoint.findUniqueOrThrow({ where: { id: shop.id } });
    expect(row).toMatchObject({ failures: 100, disabledWhy: "failure_budget" });
    expect(await claimAll(ctx)).toEqual([]);
  });

  it("rests after five failures in a row, and its deliveries lose no try by that", async () => {
    await createEndpoint(db, "shop", { sendsAtOnce: 8 });
    await announceMany(ctx, 12);
    const claims = await claimAll(ctx);
    await recordResults(
      ctx,
      claims.map((claim) => resultOf(claim, failedWith("timeout"))),
    );
    expect(await claimAll(ctx)).toEqual([]);
    expect(await db.delivery.count({ where: { state: "pending", tries: 0 } })).toBe(4);
    await letPass(db, 31);
    const trial = only(await claimAll(ctx));
    expect(trial.isTrial).toBe(true);
    await recordResults(ctx, [resultOf(trial)]);
    expect((await claimAll(ctx)).length).toBeGreaterThan(4);
  });

  it("is well again by a success that was under way before", async () => {
    const shop = await createEndpoint(db, "shop");
    await announceMany(ctx, 1);
    const claim = only(await claimAll(ctx));
    await db.endpoint.update({ where: { id: shop.id }, data: { failures: 3, lastError: "dns" } });
    await recordResults(ctx, [resultOf(claim)]);
    expect(await endpointOf(claim)).toMatchObject({ failures: 0 });
  });
});

describe("the recorder", () => {
  it("records what comes together, also where one can't be recorded", async () => {
    await createEndpoint(db, "shop", { sendsAtOnce: 64 });
    await announceMany(ctx, 20);
    const claims = await claimAll(ctx);
    const recorder = createResultRecorder({ ...ctx, sleep: () => Promise.resolve() });
    await Promise.all(
      claims.map((claim, index) => {
        const result = resultOf(claim);
        // No outcome that the table takes.
        if (index === 7) Object.assign(result.outcome, { kind: "odd" });
        return recorder.record(result);
      }),
    );
    expect(recorder.waiting()).toBe(0);
    const ids = claims.map(({ deliveryId }) => deliveryId);
    expect(await db.delivery.count({ where: { id: { in: ids }, state: "success" } })).toBe(19);
    const left = await db.delivery.findUnique({ where: { id: ids[7] ?? "" } });
    expect(left).toMatchObject({ state: "pending", tries: 1 });
  });

  it("waits for a database that is away", async () => {
    await createEndpoint(db, "shop");
    await announceMany(ctx, 3);
    const claims = await claimAll(ctx);
    let isAway = true;
    const away = new Proxy(db, {
      get(target, name) {
        const real = Reflect.get(target, name);
        if (!isAway || typeof real !== "function") return real;
        return () => Promise.reject(new Error("no database"));
      },
    });
    let waits = 0;
    const recorder = createResultRecorder({
      ...ctx,
      db: away,
      async sleep() {
        waits += 1;
        if (waits === 3) isAway = false;
      },
    });
    await Promise.all(claims.map((claim) => recorder.record(resultOf(claim))));
    for (const claim of claims) expect(await deliveryOf(claim)).toMatchObject({ state: "success" });
  });
});
