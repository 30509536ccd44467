import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { scriptedSupplier, testClock, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { beat, beginRun, endRun } from "./beat.ts";
import { engineHealth } from "./read.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
const clock = testClock();
const ctx = await testContext(db, scriptedSupplier(), clock);
const SECOND = 1_000;

beforeEach(() => db.engineRun.deleteMany());

describe("engineHealth", () => {
  it("is late while nobody ever worked", async () => {
    expect(await engineHealth(ctx)).toEqual({
      health: "late",
      lastBeatAt: null,
      lastKind: null,
      workers: 0,
    });
  });

  it("is well while a worker beats, and late 20 s after its last beat", async () => {
    const run = await beginRun(ctx, "worker");
    clock.advance(19 * SECOND);
    expect(await engineHealth(ctx)).toMatchObject({ health: "ok", workers: 1 });
    clock.advance(SECOND);
    expect(await engineHealth(ctx)).toMatchObject({ health: "late", workers: 0 });
    await beat(ctx, run, 0);
    expect(await engineHealth(ctx)).toEqual({
      health: "ok",
      lastBeatAt: clock.now().toISOString(),
      lastKind: "worker",
      workers: 1,
    });
  });

  it("is late at once when the last worker stops", async () => {
    const [one, other] = [await beginRun(ctx, "worker"), await beginRun(ctx, "worker")];
    await endRun(ctx, one, 0);
    expect(await engineHealth(ctx)).toMatchObject({ health: "ok", workers: 1 });
    await endRun(ctx, other, 0);
    expect(await engineHealth(ctx)).toMatchObject({ health: "late", workers: 0 });
  });

  it("is well while cron comes by, with one run missed", async () => {
    const run = await beginRun(ctx, "cron");
    await endRun(ctx, run, 3);
    clock.advance(149 * SECOND);
    expect(await engineHealth(ctx)).toMatchObject({ health: "ok", workers: 0 });
    clock.advance(SECOND);
    expect(await engineHealth(ctx)).toMatchObject({ health: "late", lastKind: "cron" });
  });

  it("sees the living worker behind a hundred cron runs", async () => {
    for (let round = 0; round < 100; round++) await endRun(ctx, await beginRun(ctx, "cron"), 0);
    const run = await beginRun(ctx, "worker");
    for (let round = 0; round < 25; round++) {
      clock.advance(100);
      await endRun(ctx, await beginRun(ctx, "cron"), 0);
    }
    await beat(ctx, run, 0);
    expect(await engineHealth(ctx)).toMatchObject({ workers: 1 });
  });
});

describe("a run", () => {
  it("adds up what it worked on", async () => {
    const run = await beginRun(ctx, "worker");
    await beat(ctx, run, 4);
    await endRun(ctx, run, 3);
    expect(await db.engineRun.findMany()).toMatchObject([
      { kind: "worker", pid: process.pid, looks: 7, stoppedAt: clock.now() },
    ]);
  });

  it("is forgotten a day after its last beat", async () => {
    await beginRun(ctx, "worker");
    clock.advance(24 * 3_600 * SECOND + 1);
    await beginRun(ctx, "worker");
    expect(await db.engineRun.count()).toBe(1);
  });
});
