import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { createLog } from "#lib/platform/log.ts";
import { scriptedSupplier, type TestClock, testClock, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import type { CallKind } from "./account.ts";
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
});

const OK: Outcome<string> = { kind: "accepted", value: "fine" };
const refused = (refusal: Partial<Refusal>): Outcome<never> => ({
  kind: "refused",
  refusal: { class: "validation", code: null, detail: "no", httpStatus: 400, ...refusal },
});
const told = (retryAfterMs: number) =>
  refused({ class: "rate_limited", detail: "slow down", retryAfterMs });

const call = (outcome: Outcome<string>, by = ctx) =>
  by.suppliers.call(by, by.account, "read", "test", async () => outcome);
const silentMs = (by = ctx) => by.suppliers.silentForMs(by, by.account);
/** For errors that a test brings about. */
const quiet = (): Ctx => ({ ...ctx, log: createLog("silent", []) });
const health = async () => (await suppliersHealth(ctx))[0];
const another = () => testContext(db, scriptedSupplier(), clock);

/** Lets go of nobody before `size` have come. */
function meeting(size: number): () => Promise<void> {
  const waiting: (() => void)[] = [];
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      if (waiting.length === size) for (const go of waiting) go();
    });
}

describe("Retry-After", () => {
  it("silences the account for every process", async () => {
    const other = await another();
    expect(await silentMs(other)).toBe(0);
    expect(await call(told(60_000))).toEqual(told(60_000));
    for (const process of [ctx, other]) {
      const left = await silentMs(process);
      expect(left).toBeGreaterThan(55_000);
      expect(left).toBeLessThanOrEqual(60_000);
    }
    let made = 0;
    const answer = await other.suppliers.call(other, other.account, "write", "test", async () => {
      made++;
      return OK;
    });
    expect(answer).toMatchObject({ kind: "not_called" });
    expect(made).toBe(0);
  });

  it("is never shortened by a smaller one, in whatever order they are told", async () => {
    const together = meeting(4);
    const waits = [5_000, 50_000, 500_000, 20_000];
    await Promise.all(
      waits.map((wait) =>
        ctx.suppliers.call(ctx, ctx.account, "read", "test", async () => {
          await together();
          return told(wait);
        }),
      ),
    );
    expect(await silentMs()).toBeGreaterThan(490_000);
  });

  it("stops the calls that were waiting for their turn", async () => {
    const together = meeting(2);
    let made = 0;
    const calls = Array.from({ length: 12 }, () =>
      ctx.suppliers.call(ctx, ctx.account, "write", "test", async () => {
        made++;
        await together();
        return told(60_000);
      }),
    );
    const answers = await Promise.all(calls);
    expect(made).toBe(2);
    expect(answers.filter(({ kind }) => kind === "not_called")).toHaveLength(10);
  });

  it("that is missing means 30 s, then 60 s, then 120 s, for the caller too", async () => {
    const silence = refused({ class: "rate_limited", httpStatus: 429 });
    for (const seconds of [30, 60, 120, 120]) {
      expect(await call(silence)).toMatchObject({ refusal: { retryAfterMs: seconds * 1000 } });
      expect(await silentMs()).toBeGreaterThan((seconds - 5) * 1000);
      expect(await silentMs()).toBeLessThanOrEqual(seconds * 1000);
      await db.supplier.updateMany({ data: { blockedUntil: null } });
    }
    await call(OK);
    expect(await call(silence)).toMatchObject({ refusal: { retryAfterMs: 30_000 } });
  });

  it("is over when its time has come", async () => {
    await db.$executeRaw`update suppliers set blocked_until = now() - interval '1 millisecond'`;
    expect(await silentMs()).toBe(0);
    expect(await call(OK)).toEqual(OK);
  });
});

describe("a call", () => {
  it.each([
    ["read", 8],
    ["write", 2],
  ] as [CallKind, number][])(
    "shares the account's places: %s, %i at once",
    async (kind, places) => {
      let flying = 0;
      let most = 0;
      const open: (() => void)[] = [];
      const calls = Array.from({ length: 20 }, () =>
        ctx.suppliers.call(ctx, ctx.account, kind, "test", async () => {
          flying++;
          most = Math.max(most, flying);
          await new Promise<void>((resolve) => open.push(resolve));
          flying--;
          return OK;
        }),
      );
      for (let done = 0; done < 20; done++) {
        await expect.poll(() => open.length, { interval: 1 }).toBeGreaterThan(0);
        if (done === 0) await expect.poll(() => flying, { interval: 1 }).toBe(places);
        open.shift()?.();
      }
      await Promise.all(calls);
      expect(most).toBe(places);
    },
  );

  it("is not made when its permit is refused, and counts as no answer", async () => {
    let made = 0;
    const make = async () => {
      made++;
      return OK;
    };
    const answer = await ctx.suppliers.call(
      ctx,
      ctx.account,
      "write",
      "pay",
      make,
      async () => false,
    );
    expect(answer).toEqual({ kind: "not_called", silentMs: 0 });
    expect(made).toBe(0);
    expect(await health()).toMatchObject({ health: "unknown" });
  });

  it("is never made twice, whatever came of it", async () => {
    for (const outcome of [
      OK,
      refused({}),
      { kind: "unknown", reason: "timeout", httpStatus: null },
    ] as const) {
      let made = 0;
      await ctx.suppliers.call(ctx, ctx.account, "write", "test", async () => {
        made++;
        return outcome;
      });
      expect(made).toBe(1);
    }
  });

  it("that breaks off inside the adapter may have had an effect", async () => {
    const answer = await ctx.suppliers.call(quiet(), ctx.account, "write", "test", () =>
      Promise.reject(new Error("a bug")),
    );
    expect(answer).toMatchObject({ kind: "unknown" });
  });

  it("is refused for an account that isn't connected", async () => {
    const account = { ...ctx.account, id: ctx.newId() };
    await expect(ctx.suppliers.call(ctx, account, "read", "test", async () => OK)).rejects.toThrow(
      "not connected",
    );
  });

  it("leaves a line in the log without what was said", async () => {
    const lines: string[] = [];
    const log = createLog("info", [], (line) => lines.push(line));
    await ctx.suppliers.call({ ...ctx, log }, ctx.account, "read", "balances", async () => OK);
    const [line] = lines.map((text) => JSON.parse(text));
    expect(line).toMatchObject({
      supplier: "foxreload",
      call: "balances",
      ms: 0,
      outcome: "accepted",
    });
    expect(lines.join()).not.toContain("fine");
  });
});

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
