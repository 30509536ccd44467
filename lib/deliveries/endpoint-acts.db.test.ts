import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { testActor } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import {
  announceMany,
  claimAll,
  createEndpoint,
  deliveriesContext,
  failedWith,
  forgetEndpoints,
  resultOf,
} from "./deliveries.fixture.ts";
import { enableEndpoint } from "./enable-endpoint.ts";
import { pauseEndpoint } from "./pause-endpoint.ts";
import { recordResults } from "./record-results.ts";
import { resumeEndpoint } from "./resume-endpoint.ts";
import { endOrphans, sweepDeliveries } from "./sweep-deliveries.ts";
import { watchEndpoints } from "./watch-endpoints.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
const ctx = deliveriesContext(db);
const actor = testActor();
const request = { address: "203.0.113.9", correlationId: null };
beforeEach(() => forgetEndpoints(db));

const pause = (endpointId: string, reason = "moving house") =>
  pauseEndpoint(ctx, actor, { endpointId, reason }, request);
const actions = async (objectId: string) =>
  (await db.auditEntry.findMany({ where: { objectId }, orderBy: { seq: "asc" } })).map(
    ({ action }) => action,
  );

describe("a pause", () => {
  it("keeps what piles up, tells what is under way, and lets all of it go at its end", async () => {
    const { id } = await createEndpoint(db, "shop", { sendsAtOnce: 2 });
    await announceMany(ctx, 3);
    const begun = await claimAll(ctx);
    expect(await pause(id)).toEqual({ underWay: 2 });
    await announceMany(ctx, 2);
    await recordResults(
      ctx,
      begun.map((claim) => resultOf(claim)),
    );
    expect(await claimAll(ctx)).toEqual([]);
    expect(await db.endpoint.findUnique({ where: { id } })).toMatchObject({
      pausedBy: "Asha Rao",
      pauseReason: "moving house",
    });
    expect(await resumeEndpoint(ctx, actor, id, request)).toEqual({ waiting: 3 });
    expect(await claimAll(ctx)).toHaveLength(2);
    expect(await actions(id)).toEqual(["endpoint.paused", "endpoint.resumed"]);
  });

  it("is begun by one of many, and ended by one of many", async () => {
    const { id } = await createEndpoint(db, "shop");
    const begun = await Promise.allSettled(Array.from({ length: 5 }, () => pause(id)));
    expect(begun.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const ended = await Promise.allSettled(
      Array.from({ length: 5 }, () => resumeEndpoint(ctx, actor, id, request)),
    );
    expect(ended.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await actions(id)).toHaveLength(2);
  });

  it("wins or loses against a claim, and never comes in between", async () => {
    for (let round = 0; round < 10; round += 1) {
      await forgetEndpoints(db);
      const { id } = await createEndpoint(db, `shop-${round}`);
      await announceMany(ctx, 4);
      const [claims, { underWay }] = await Promise.all([claimAll(ctx), pause(id)]);
      // What was claimed first is told as under way; what wasn't, is not claimed at all.
      expect(underWay).toBe(claims.length);
      expect(await claimAll(ctx)).toEqual([]);
    }
  });

  it("doesn't wait for long, however many claim", async () => {
    const { id } = await createEndpoint(db, "shop");
    let isOver = false;
    const claiming = Array.from({ length: 8 }, async () => {
      while (!isOver) {
        await announceMany(ctx, 1);
        await claimAll(ctx, 1);
      }
    });
    const begun = performance.now();
    await pause(id);
    isOver = true;
    expect(performance.now() - begun).toBeLessThan(10_000);
    await Promise.all(claiming);
  });

  it("isn't for everybody, nor for what isn't there, nor without a reason", async () => {
    const { id } = await createEndpoint(db, "shop");
    const input = { endpointId: id, reason: "moving house" };
    await expect(pauseEndpoint(ctx, testActor("viewer"), input, request)).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(pause(crypto.randomUUID())).rejects.toMatchObject({ code: "not_found" });
    await expect(pause("shop")).rejects.toMatchObject({ code: "not_found" });
    await expect(pause(id, " ")).rejects.toMatchObject({ code: "invalid" });
    await expect(resumeEndpoint(ctx, testActor("viewer"), id, request)).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(resumeEndpoint(ctx, actor, id, request)).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await actions(id)).toEqual([]);
  });
});

describe("an endpoint that is off", () => {
  it("is switched on again with a clean record, and what ended stays ended", async () => {
    const { id } = await createEndpoint(db, "shop", {
      failures: 99,
      trips: 9,
      events: ["balance.low"],
    });
    await announceMany(ctx, 3);
    const [claim] = await claimAll(ctx);
    if (!claim) expect.fail("nothing was claimed");
    await recordResults(ctx, [resultOf(claim, failedWith("dns"))]);
    const open = () => db.systemSignal.count({ where: { subject: id, clearedAt: null } });
    expect(await open()).toBe(1);
    await enableEndpoint(ctx, actor, id, request);
    expect(await db.endpoint.findUnique({ where: { id } })).toMatchObject({
      disabledAt: null,
      disabledWhy: null,
      failures: 0,
      trips: 0,
      openUntil: null,
    });
    expect(await open()).toBe(0);
    expect(await claimAll(ctx)).toEqual([]);
    await announceMany(ctx, 1);
    expect(await claimAll(ctx)).toHaveLength(1);
    expect(await actions(id)).toEqual(["endpoint.disabled", "endpoint.enabled"]);
    await expect(enableEndpoint(ctx, actor, id, request)).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(enableEndpoint(ctx, testActor("viewer"), id, request)).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});

describe("the sweep", () => {
  it("ends what waits for endpoints that are off or deleted, but not what is being sent", async () => {
    const off = await createEndpoint(db, "off", { sendsAtOnce: 1 });
    const deleted = await createEndpoint(db, "deleted");
    const on = await createEndpoint(db, "on");
    await announceMany(ctx, 3);
    const claims = await claimAll(ctx, 3);
    const now = new Date();
    await db.endpoint.update({
      where: { id: off.id },
      data: { disabledAt: now, disabledWhy: "gone" },
    });
    await db.endpoint.update({ where: { id: deleted.id }, data: { deletedAt: now } });
    expect(await sweepDeliveries(ctx)).toBe("done");
    const rows = await db.delivery.groupBy({
      by: ["endpointId", "state", "reason"],
      where: { endpointId: { in: [off.id, deleted.id, on.id] } },
      _count: true,
    });
    const claimedOf = (id: string) => claims.filter(({ endpoint }) => endpoint.id === id).length;
    const stateOf = (id: string, state: string) =>
      rows.find((row) => row.endpointId === id && row.state === state)?._count ?? 0;
    for (const { id } of [off, deleted]) {
      expect(stateOf(id, "not_apply")).toBe(3 - claimedOf(id));
      expect(stateOf(id, "pending")).toBe(claimedOf(id));
    }
    expect(stateOf(on.id, "pending")).toBe(3);
    expect(new Set(rows.map(({ reason }) => reason))).toEqual(
      new Set([null, "endpoint_disabled", "endpoint_deleted"]),
    );
    await recordResults(
      ctx,
      claims.map((claim) => resultOf(claim, failedWith("timeout"))),
    );
    expect(await endOrphans(ctx)).toBe(0);
    expect(await db.delivery.count({ where: { endpointId: off.id, state: "pending" } })).toBe(0);
  });

  it("clears what was said of endpoints that aren't there any more", async () => {
    const { id } = await createEndpoint(db, "shop", { failures: 49, trips: 3 });
    await announceMany(ctx, 1);
    const [claim] = await claimAll(ctx);
    if (!claim) expect.fail("nothing was claimed");
    await recordResults(ctx, [resultOf(claim, failedWith("dns"))]);
    const open = () => db.systemSignal.count({ where: { subject: id, clearedAt: null } });
    await watchEndpoints(ctx);
    expect(await open()).toBe(1);
    await db.endpoint.update({ where: { id }, data: { deletedAt: new Date() } });
    await watchEndpoints(ctx);
    expect(await open()).toBe(0);
  });
});
