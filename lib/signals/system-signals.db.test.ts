import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { scriptedSupplier, testActor, testClock, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import {
  clearSystemSignal,
  openSystemSignal,
  readSystemSignals,
  renewSystemSignal,
} from "./system-signals.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
const clock = testClock();
const ctx = await testContext(db, scriptedSupplier(), clock);
beforeEach(() => db.systemSignal.deleteMany());

const open = (subject: string, data = {}) =>
  db.$transaction((tx) => openSystemSignal(tx, ctx, "orphans_many", subject, data));
const clear = (subject: string) =>
  db.$transaction((tx) => clearSystemSignal(tx, ctx, "orphans_many", subject));
const read = () => readSystemSignals(ctx, testActor("viewer"));

describe("a system signal", () => {
  it("opens once a subject, and is brought up to date while it is open", async () => {
    expect(await open("a", { count: 21 })).toBe(true);
    const [first] = await read();
    clock.advance(60_000);
    expect(await open("a", { count: 30 })).toBe(false);
    expect(await read()).toEqual([{ ...first, data: { count: 30 } }]);
    expect(await open("b", { count: 1 })).toBe(true);
    expect((await read()).map(({ subject }) => subject)).toEqual(["b", "a"]);
  });

  it("is over when it is cleared, and opens anew", async () => {
    await open("a");
    expect(await clear("a")).toBe(true);
    expect(await clear("a")).toBe(false);
    expect(await clear("never open")).toBe(false);
    expect(await read()).toEqual([]);
    clock.advance(1_000);
    expect(await open("a")).toBe(true);
    expect(await read()).toMatchObject([{ subject: "a", openedAt: clock.now().toISOString() }]);
    expect(await db.systemSignal.count({ where: { subject: "a" } })).toBe(2);
  });

  it("is brought up to date where it is renewed before anybody was told of it", async () => {
    await open("a", { count: 21 });
    const [first] = await read();
    clock.advance(60_000);
    await db.$transaction((tx) => renewSystemSignal(tx, ctx, "orphans_many", "a", { count: 42 }));
    expect(await read()).toEqual([{ ...first, data: { count: 42 } }]);
    expect(await db.systemSignal.count()).toBe(1);
  });

  it("is new for one of many who open it at once", async () => {
    const isNew = await Promise.all(Array.from({ length: 8 }, () => open("a")));
    expect(isNew.filter(Boolean)).toHaveLength(1);
    expect(await db.systemSignal.count()).toBe(1);
  });

  it("is read by whoever may read orders", async () => {
    await open("a");
    for (const role of ["admin", "operator", "viewer"] as const) {
      expect(await readSystemSignals(ctx, testActor(role))).toHaveLength(1);
    }
  });
});
