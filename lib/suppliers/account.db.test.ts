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
    const answer = await other.suppliers.call(
      other,
      other.account,
      { ...TEST, kind: "write" },
      async () => {
        made++;
        return OK;
      },
    );
    expect(answer).toMatchObject({ kind: "not_called" });
    expect(made).toBe(0);
  });

  it("is never shortened by a smaller one, in whatever order they are told", async () => {
    const together = meeting(4);
    const waits = [5_000, 50_000, 500_000, 20_000];
    await Promise.all(
      waits.map((wait) =>
        ctx.suppliers.call(ctx, ctx.account, TEST, async () => {
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
      ctx.suppliers.call(ctx, ctx.account, { ...TEST, kind: "write" }, async () => {
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
    // One of eight is kept for purchases.
    ["read", 7],
    ["write", 2],
  ] as [CallKind, number][])(
    "shares the account's places: %s, %i at once",
    async (kind, places) => {
      let flying = 0;
      let most = 0;
      const open: (() => void)[] = [];
      const calls = Array.from({ length: 20 }, () =>
        ctx.suppliers.call(ctx, ctx.account, { ...TEST, kind }, async () => {
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

  it("around a purchase doesn't wait for looks that take their time", async () => {
    const open: (() => void)[] = [];
    const looks = Array.from({ length: 12 }, () =>
      ctx.suppliers.call(ctx, ctx.account, TEST, async () => {
        await new Promise<void>((resolve) => open.push(resolve));
        return OK;
      }),
    );
    await expect.poll(() => open.length, { interval: 1 }).toBe(7);
    for (let count = 0; count < 3; count++) {
      const order = { ...TEST, slice: "purchase" } as const;
      expect(await ctx.suppliers.call(ctx, ctx.account, order, async () => OK)).toEqual(OK);
    }
    expect(open).toHaveLength(7);
    for (let done = 0; done < 12; done++) {
      await expect.poll(() => open.length, { interval: 1 }).toBeGreaterThan(0);
      open.shift()?.();
    }
    await Promise.all(looks);
  });

  it("is not made when its permit is refused, and counts as no answer", async () => {
    let made = 0;
    const make = async () => {
      made++;
      return OK;
    };
    const answer = await ctx.suppliers.call(
      ctx,
      ctx.account,
      { ...TEST, kind: "write", what: "pay" },
      make,
      async () => false,
    );
    expect(answer).toEqual({ kind: "not_called", silentMs: 0, why: "permit" });
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
      await ctx.suppliers.call(ctx, ctx.account, { ...TEST, kind: "write" }, async () => {
        made++;
        return outcome;
      });
      expect(made).toBe(1);
    }
  });

  it("that breaks off inside the adapter may have had an effect", async () => {
    const answer = await ctx.suppliers.call(quiet(), ctx.account, { ...TEST, kind: "write" }, () =>
      Promise.reject(new Error("a bug")),
    );
    expect(answer).toMatchObject({ kind: "unknown" });
  });

  it("isn't made to an account that isn't connected (any more)", async () => {
    const account = { ...ctx.account, id: ctx.newId() };
    const outcome = await ctx.suppliers.call(ctx, account, TEST, async () => OK);
    expect(outcome).toEqual({ kind: "not_called", silentMs: 30_000, why: "silence" });
  });

  it("leaves a line in the log without what was said", async () => {
    const lines: string[] = [];
    const log = createLog("info", [], (line) => lines.push(line));
    await ctx.suppliers.call(
      { ...ctx, log },
      ctx.account,
      { ...TEST, what: "balances" },
      async () => OK,
    );
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
