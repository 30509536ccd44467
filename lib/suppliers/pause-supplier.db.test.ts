import { v7 } from "uuid";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { scriptedSupplier, testActor, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { LONGEST_PAUSE_MS } from "./pause-policy.ts";
import { pauseOrdering, pausePolling, resumeOrdering, resumePolling } from "./pause-supplier.ts";
import { readPauses } from "./read-pauses.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
const ctx = await testContext(db, scriptedSupplier());
const admin = testActor("admin");
const request = { address: "203.0.113.9", agent: "Browser/1", correlationId: "c-1" };
const supplierId = ctx.account.id;
const ends = (inMs: number) => new Date(ctx.now().getTime() + inMs);
const HOUR = 3_600_000;

const facts = (given: object = {}) => ({
  ...{ supplierId, until: ends(HOUR), reason: "their stock is wrong" },
  ...given,
});

beforeEach(async () => {
  await db.supplier.updateMany({
    data: {
      ...{ orderingPausedUntil: null, orderingPausedWhy: null, orderingPausedBy: null },
      ...{ pollingPausedUntil: null, pollingPausedWhy: null, pollingPausedBy: null },
    },
  });
});

describe.each([
  ["ordering", pauseOrdering, resumeOrdering],
  ["polling", pausePolling, resumePolling],
] as const)("a pause of %s", (work, pause, resume) => {
  const other = work === "ordering" ? "polling" : "ordering";

  it("says who, why and until when, and ends early when somebody says so", async () => {
    const since = await db.auditEntry.count();
    await pause(ctx, admin, facts(), request);
    const paused = (await readPauses(db, ctx.now())).get(supplierId);
    const until = ends(HOUR).toISOString();
    expect(paused?.[work]).toEqual({ until, why: "their stock is wrong", by: "Asha Rao" });
    expect(paused?.[other]).toBeNull();
    await resume(ctx, admin, { supplierId }, request);
    expect((await readPauses(db, ctx.now())).size).toBe(0);
    expect(await db.auditEntry.findMany({ orderBy: { seq: "asc" }, skip: since })).toMatchObject([
      {
        ...{ action: `supplier.${work}-paused`, objectId: supplierId },
        ...{ reason: "their stock is wrong", agent: "Browser/1" },
        ...{ before: { pausedUntil: null }, after: { pausedUntil: until } },
      },
      {
        ...{ action: `supplier.${work}-resumed`, objectId: supplierId, address: "203.0.113.9" },
        ...{ before: { pausedUntil: until }, after: { pausedUntil: null } },
      },
    ]);
  });

  it("is over by itself at its end", async () => {
    await pause(ctx, admin, facts(), request);
    expect((await readPauses(db, ends(HOUR - 1))).size).toBe(1);
    expect((await readPauses(db, ends(HOUR))).size).toBe(0);
  });

  it("is replaced by another, and resumed by one of many", async () => {
    await pause(ctx, admin, facts(), request);
    await pause(ctx, admin, facts({ until: ends(2 * HOUR), reason: "still wrong" }), request);
    expect((await readPauses(db, ctx.now())).get(supplierId)?.[work]).toMatchObject({
      ...{ until: ends(2 * HOUR).toISOString(), why: "still wrong" },
    });
    expect(await db.auditEntry.findFirst({ orderBy: { seq: "desc" } })).toMatchObject({
      before: { pausedUntil: ends(HOUR).toISOString() },
      after: { pausedUntil: ends(2 * HOUR).toISOString() },
    });
    const ended = await Promise.allSettled(
      Array.from({ length: 5 }, () => resume(ctx, admin, { supplierId }, request)),
    );
    expect(ended.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(ended.filter(({ status }) => status === "rejected")).toMatchObject(
      Array.from({ length: 4 }, () => ({ reason: { code: "conflict" } })),
    );
  });

  it("has a reason and an end within 30 days", async () => {
    for (const given of [
      { reason: " x " },
      { until: ends(0) },
      { until: ends(LONGEST_PAUSE_MS + 1) },
      { until: new Date(Number.NaN) },
    ]) {
      await expect(pause(ctx, admin, facts(given), request)).rejects.toMatchObject({
        code: "invalid",
      });
    }
    await pause(ctx, admin, facts({ until: ends(LONGEST_PAUSE_MS) }), request);
  });

  it("is for admins, and of accounts that there are", async () => {
    for (const role of ["operator", "viewer"] as const) {
      const forbidden = { code: "forbidden" };
      await expect(pause(ctx, testActor(role), facts(), request)).rejects.toMatchObject(forbidden);
      await expect(resume(ctx, testActor(role), { supplierId }, request)).rejects.toMatchObject(
        forbidden,
      );
    }
    for (const id of [v7(), "no id"]) {
      const missing = { code: "not_found" };
      await expect(pause(ctx, admin, facts({ supplierId: id }), request)).rejects.toMatchObject(
        missing,
      );
      await expect(resume(ctx, admin, { supplierId: id }, request)).rejects.toMatchObject(missing);
    }
  });
});
