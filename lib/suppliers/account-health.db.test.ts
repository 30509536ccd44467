import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { createLog } from "#lib/platform/log.ts";
import {
  giveBudget,
  scriptedSupplier,
  type TestClock,
  testClock,
  testContext,
} from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import type { Outcome, Refusal } from "./port.ts";
import { suppliersHealth } from "./read.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

type Ctx = Awaited<ReturnType<typeof testContext>>;
let clock: TestClock;
let ctx: Ctx;

beforeEach(async () => {
  clock = testClock();
  ctx = await testContext(db, scriptedSupplier(), clock);
  const blank = {
    blockedUntil: null,
    lastOkAt: null,
    lastErrorAt: null,
    lastError: null,
    clockOffsetMs: null,
  };
  await db.supplier.updateMany({ data: blank });
  await db.callBudget.deleteMany();
  await giveBudget(db, ctx.account.id);
});

const TEST = { kind: "read", slice: "poll", what: "test" } as const;
const OK: Outcome<string> = { kind: "accepted", value: "fine" };
const refused = (refusal: Partial<Refusal>): Outcome<never> => ({
  kind: "refused",
  refusal: { class: "validation", code: null, detail: "no", httpStatus: 400, ...refusal },
});
const told = (retryAfterMs: number) =>
  refused({ class: "rate_limited", detail: "slow down", retryAfterMs });

const call = (outcome: Outcome<string>, by = ctx) =>
  by.suppliers.call(by, by.account, TEST, async () => outcome);
/** For errors that a test brings about. */
const quiet = (): Ctx => ({ ...ctx, log: createLog("silent", []) });
const health = async () => (await suppliersHealth(ctx))[0];

describe("the supplier's clock", () => {
  const timed = (outcome: Outcome<string>, offByMs: number): Outcome<string> => ({
    ...outcome,
    timing: {
      firstByteAt: clock.now(),
      supplierClock: new Date(clock.now().getTime() + offByMs - 500),
    },
  });
  const offset = async () => (await db.supplier.findFirstOrThrow()).clockOffsetMs;

  it("is kept with the account, good news or bad", async () => {
    expect(await offset()).toBeNull();
    await call(timed(OK, 600_000));
    expect(await offset()).toBe(600_000);
    await call(timed(refused({ class: "auth" }), -30_000));
    expect(await offset()).toBe(-30_000);
  });

  it("is written as often as health, and stays where a call doesn't tell it", async () => {
    await call(timed(OK, 1_000));
    await call(timed(OK, 2_000));
    expect(await offset()).toBe(1_000);
    clock.advance(5_000);
    await call(timed(OK, 3_000));
    expect(await offset()).toBe(3_000);
    clock.advance(5_000);
    await call(OK);
    expect(await offset()).toBe(3_000);
  });
});

describe("health", () => {
  it("is unknown, then good, then bad, then good again", async () => {
    expect(await health()).toMatchObject({ health: "unknown", lastOkAt: null });
    await call(OK);
    expect(await health()).toMatchObject({ health: "ok", lastOkAt: clock.now().toISOString() });
    clock.advance(1_000);
    await call({ kind: "unknown", reason: "timeout", httpStatus: null });
    expect(await health()).toMatchObject({ health: "erroring", lastError: "timeout" });
    clock.advance(1);
    await call(OK);
    expect(await health()).toMatchObject({ health: "ok" });
  });

  it("is written down every few seconds, not with every call", async () => {
    await call(OK);
    const first = await health();
    clock.advance(4_999);
    await call(OK);
    expect(await health()).toEqual(first);
    clock.advance(1);
    await call(OK);
    expect(await health()).toMatchObject({ lastOkAt: clock.now().toISOString() });
  });

  it.each(["auth", "transient"] as const)("suffers from `%s`", async (refusalClass) => {
    await call(refused({ class: refusalClass, detail: "in plain words" }));
    expect(await health()).toMatchObject({ health: "erroring", lastError: "in plain words" });
  });

  it.each(["validation", "out_of_stock", "balance", "price_changed", "not_found"] as const)(
    "doesn't suffer from `%s`, which is an answer",
    async (refusalClass) => {
      await call(refused({ class: refusalClass }));
      expect(await health()).toMatchObject({ health: "ok" });
    },
  );

  it("is `silenced` while the account has to wait", async () => {
    await call(told(60_000));
    expect(await health()).toMatchObject({ health: "silenced", lastError: "slow down" });
  });

  it("may fail to be written without a word to the caller", async () => {
    await db.$executeRaw`alter table suppliers add constraint full_disk check (last_ok_at is null) not valid`;
    try {
      expect(await call(OK, quiet())).toEqual(OK);
    } finally {
      await db.$executeRaw`alter table suppliers drop constraint full_disk`;
    }
  });
});
