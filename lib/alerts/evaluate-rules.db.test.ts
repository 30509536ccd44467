import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { createLog } from "#lib/platform/log.ts";
import { createOrder, scriptedSupplier, testClock, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { catchUp } from "./catch-up.ts";
import { evaluateRules } from "./evaluate-rules.ts";
import type { Rule } from "./rules/rule.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
const clock = testClock();
const ctx = {
  ...(await testContext(db, scriptedSupplier(), clock)),
  log: createLog("silent" as never, []),
};
const MINUTE = 60_000;

let judged: string[] = [];
const rule = (name: string, judge: () => Promise<void> = () => Promise.resolve()): Rule => ({
  ...{ name, kinds: [], everyMs: 10_000 },
  async judge() {
    judged.push(name);
    await judge();
  },
});

beforeEach(async () => {
  judged = [];
  await db.ruleRun.deleteMany();
});

describe("rules", () => {
  it("are judged at their pace, by however many processes", async () => {
    const rules = [rule("one"), rule("other")];
    const judge = (lateMs = 0) => evaluateRules(ctx, { rules, lateMs });
    const counts = await Promise.all(Array.from({ length: 8 }, () => judge()));
    expect(counts.reduce((sum, count) => sum + count)).toBe(2);
    expect(judged.sort()).toEqual(["one", "other"]);
    clock.advance(8_999);
    expect(await judge()).toBe(0);
    clock.advance(1);
    expect(await judge(1)).toBe(0);
    expect(await judge()).toBe(2);
  });

  it("are judged all the same where one fails, which is noted until it succeeds", async () => {
    let isBroken = true;
    const rules = [
      rule("broken", () => (isBroken ? Promise.reject(new Error("no table")) : Promise.resolve())),
      rule("whole"),
    ];
    expect(await evaluateRules(ctx, { rules })).toBe(2);
    expect(judged).toEqual(["broken", "whole"]);
    const error = async () => (await db.ruleRun.findUnique({ where: { rule: "broken" } }))?.error;
    expect(await error()).toBe("no table");
    isBroken = false;
    clock.advance(10_000);
    await evaluateRules(ctx, { rules });
    expect(await error()).toBeNull();
  });

  it("aren't held up by a process whose clock was ahead", async () => {
    const at = new Date(clock.now().getTime() + 24 * 60 * MINUTE);
    await db.ruleRun.create({ data: { rule: "one", at } });
    expect(await evaluateRules(ctx, { rules: [rule("one")] })).toBe(1);
  });
});

describe("a page", () => {
  const alerts = () =>
    db.alert.findMany({ where: { state: { not: "resolved" } }, orderBy: { kind: "asc" } });

  it("shows the stall and the late engine, where nobody works", async () => {
    const { order } = await createOrder(db, ctx.account.id, {
      statusChangedAt: clock.now(),
      nextPollAt: new Date(clock.now().getTime() + 60 * MINUTE),
    });
    const run = { id: ctx.newId(), kind: "worker", host: "test", pid: 1, startedAt: clock.now() };
    await db.engineRun.create({ data: { ...run, beatAt: clock.now() } });
    await catchUp(ctx);
    expect(await alerts()).toEqual([]);
    // Everybody stops.
    clock.advance(10 * MINUTE);
    await Promise.all([catchUp(ctx), catchUp(ctx), catchUp(ctx)]);
    // Whoever was first has done it for all; a moment later it is there for everybody.
    const shown = async () => (await alerts()).map(({ kind, subject }) => [kind, subject]);
    await expect.poll(shown).toEqual([
      ["engine_late", "engine"],
      ["stalled", order.id],
    ]);
    await db.engineRun.updateMany({ data: { beatAt: clock.now() } });
    clock.advance(10_000);
    await db.engineRun.updateMany({ data: { beatAt: clock.now() } });
    await evaluateRules(ctx);
    clock.advance(30_000);
    await db.engineRun.updateMany({ data: { beatAt: clock.now() } });
    await catchUp(ctx);
    const left = (await alerts()).map(({ kind }) => kind);
    expect(left).toContain("stalled");
    expect(left).not.toContain("engine_late");
  });

  it("costs nothing where somebody does", async () => {
    await evaluateRules(ctx);
    clock.advance(20_000);
    await catchUp(ctx);
    const [first] = await db.ruleRun.findMany({ where: { rule: "stalled" } });
    expect(first?.at).toEqual(new Date(clock.now().getTime() - 20_000));
  });

  it("is shown all the same when that fails", async () => {
    const broken = { ...ctx, db: {} as typeof db };
    await expect(catchUp(broken)).resolves.toBeUndefined();
  });
});
