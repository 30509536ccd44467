import { afterAll, expect, test } from "vitest";
import { giveBudget, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import type { CallOrder } from "./account.ts";
import { newOrder, openOzzobit } from "./ozzobit/ozzobit.fixture.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const READ: CallOrder = { kind: "read", slice: "poll", what: "list" };

/** An account that is signed in to with a token, called as everybody calls it. */
async function open(tokens: number | "plenty" = "plenty") {
  const { world, bare } = await openOzzobit({ signIn: "token" });
  const ctx = await testContext(db, bare);
  const { id: supplierId } = ctx.account;
  await db.callBudget.deleteMany();
  await db.callCount.deleteMany();
  await db.supplier.updateMany({ data: { blockedUntil: null } });
  if (tokens === "plenty") await giveBudget(db, supplierId);
  // So few a minute that none comes while the test runs.
  else await give(tokens);
  function give(pollTokens: number) {
    const few = { callsPerMinute: 12, rate: 12, pollTokens, refilledAt: new Date() };
    return db.callBudget.upsert({
      where: { supplierId },
      create: { supplierId, ...few },
      update: few,
    });
  }
  const list = (order: Partial<CallOrder> = {}) =>
    ctx.suppliers.call(ctx, ctx.account, { ...READ, ...order }, (to) => to.listOrders(null));
  return {
    ...{ world, ctx, list, give },
    asked: () => world.requests.map(({ endpoint }) => endpoint),
    /** Calls that the accounts counted, each of which took a token. */
    paidFor: async () => {
      await ctx.suppliers.flushCounts(ctx);
      const { _sum } = await db.callCount.aggregate({ _sum: { calls: true } });
      return _sum.calls ?? 0;
    },
  };
}

test("each request is paid for, signing in too, and that is done once for all who ask", async () => {
  const { list, asked, paidFor } = await open();
  const all = await Promise.all([list(), list({ slice: "purchase" }), list()]);
  expect(all.map(({ kind }) => kind)).toEqual(["accepted", "accepted", "accepted"]);
  expect(asked()).toEqual(["token", "list", "list", "list"]);
  expect(await paidFor()).toBe(4);
});

test("a read whose sign-in has ended is made once more, and both are paid for, with what lies between", async () => {
  const { world, list, asked, paidFor } = await open();
  await list();
  world.keys.tokens.clear();
  expect(await list()).toMatchObject({ kind: "accepted" });
  expect(asked()).toEqual(["token", "list", "list", "token", "list"]);
  expect(await paidFor()).toBe(5);
});

test("where there is one token, one request is made; the next goes on from there (I12)", async () => {
  const { list, asked, give } = await open(1);
  expect(await list()).toMatchObject({ kind: "not_called", why: "budget" });
  expect(asked()).toEqual(["token"]);
  await give(1);
  expect(await list()).toMatchObject({ kind: "accepted" });
  expect(asked()).toEqual(["token", "list"]);
});

test("a read that isn't repeated for want of a token had no effect, and says so", async () => {
  const { world, list, asked, give } = await open(1);
  await list();
  await give(1);
  await list();
  world.keys.tokens.clear();
  await give(1);
  expect(await list()).toMatchObject({
    kind: "refused",
    refusal: { class: "transient", httpStatus: 401 },
  });
  expect(asked()).toEqual(["token", "list", "list"]);
});

test("what was taken with a claim pays for its call, not for signing in", async () => {
  const { list, asked, give } = await open(1);
  expect(await list({ prepaid: true })).toMatchObject({ kind: "accepted" });
  await give(0);
  expect(await list()).toMatchObject({ kind: "not_called" });
  expect(asked()).toEqual(["token", "list"]);
});

test("a silence that the sign-in is told is kept by what it was for", async () => {
  const { world, ctx, list, asked } = await open();
  const body = '{"message":"slow down"}';
  world.faults.http = {
    ...{ endpoint: "token", times: 1, status: 429, body },
    headers: { "retry-after": "30" },
  };
  expect(await list()).toMatchObject({ kind: "refused", refusal: { class: "rate_limited" } });
  expect(await list()).toMatchObject({ kind: "not_called", why: "silence" });
  expect(await ctx.suppliers.silentForMs(ctx, ctx.account)).toBeGreaterThan(20_000);
  expect(asked()).toEqual(["token"]);
});

test("a write whose sign-in fails is refused unsent, under its permit", async () => {
  const { world, ctx, asked } = await open();
  world.faults.http = { endpoint: "token", times: 1, status: 401, body: "{}", headers: {} };
  let permits = 0;
  const outcome = await ctx.suppliers.call(
    ctx,
    ctx.account,
    { kind: "write", slice: "purchase", what: "create" },
    (to) => to.createOrder(newOrder(), { notAfter: new Date("2100-01-01") }),
    async () => {
      permits++;
      return true;
    },
  );
  expect(outcome).toMatchObject({
    kind: "refused",
    refusal: { class: "auth" },
    timing: { firstByteAt: null },
  });
  expect([permits, asked()]).toEqual([1, ["token"]]);
});
