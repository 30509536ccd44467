import { afterAll, describe, expect, it } from "vitest";
import type { OrdersContext } from "#lib/orders/context.ts";
import { dueInMs, openSignals } from "#lib/orders/orders.fixture.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { openSwept } from "./sweep.fixture.ts";
import { sweepAccounts } from "./sweep-accounts.ts";
import { DISTRUST_MS } from "./sweep-schedule.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

type Opened = Awaited<ReturnType<typeof openSwept>>;

/** Something happens, once, when the first sweep comes to this point. */
function at(ctx: Opened["ctx"], point: string, then: () => Promise<unknown>): OrdersContext {
  let isOver = false;
  return {
    ...ctx,
    async reach(reached) {
      if (reached !== point || isOver) return;
      isOver = true;
      await then();
    },
  };
}

describe("a sweep", () => {
  it("takes what the list shows for a look, of any number of orders by one call", async () => {
    const opened = await openSwept(db);
    const ids = await opened.paid(3);
    opened.advance(4_000);
    const plan = await opened.sweep();
    expect(plan.lastSweep).toMatchObject({ pages: 1, seen: 3, moved: 3, missing: 0, foreign: 0 });
    for (const order of await opened.orders(ids)) {
      expect(order).toMatchObject({ status: "processing", looks: 1, leaseToken: null });
      expect(order.supplierWord).toBe("processing");
    }
    opened.advance(8_000);
    await opened.sweep();
    for (const order of await opened.orders(ids)) {
      expect(order).toMatchObject({ status: "processing", looks: 2, failedLooks: 0 });
      expect(order.lastLookedAt).toEqual(opened.ctx.now());
      expect(order.pollEveryMs).toBeGreaterThan(3_000);
      // Its own look comes once three sweeps have left it out.
      expect(await dueInMs(db, order.id)).toBeGreaterThan(3 * 4_500);
    }
    expect(await opened.count("GET list")).toBe(2);
    expect(await opened.count("GET get")).toBe(0);
  });

  it("isn't made before one of the orders is worth a look", async () => {
    const opened = await openSwept(db);
    await opened.paid(2);
    opened.advance(2_000);
    expect((await opened.sweep()).sweptAt).toBe(null);
    expect(await sweepAccounts(opened.ctx)).toBeLessThanOrEqual(1_000);
    opened.advance(1_500);
    const since = Date.now();
    expect((await opened.sweep()).sweptAt).not.toBe(null);
    expect((await opened.plan()).nextSweepAt?.getTime()).toBeGreaterThan(since + 3_000);
  });

  it("ends no order: what is missing is looked at by itself at once", async () => {
    const opened = await openSwept(db);
    const [first = "", second = ""] = await opened.paid(2);
    opened.advance(4_000);
    await opened.sweep();
    opened.advance(50_000);
    const third = (await opened.paid(1))[0] ?? "";
    opened.advance(9_000);
    const plan = await opened.sweep();
    expect(plan.lastSweep).toMatchObject({ seen: 1, missing: 2 });
    for (const id of [first, second]) {
      expect((await opened.orders([id]))[0]).toMatchObject({ status: "processing" });
      expect(await dueInMs(db, id)).toBeLessThanOrEqual(0);
      expect(await opened.work(id)).toMatchObject({
        status: "completed",
        items: [{ codes: [expect.anything()] }],
      });
    }
    expect(await dueInMs(db, third)).toBeGreaterThan(10_000);
  });

  it("asks for paid orders by a page of their own only where they stay so", async () => {
    const opened = await openSwept(db, {
      timing: {
        paidMs: { minMs: 40_000, maxMs: 40_000 },
        completeMs: { minMs: 60_000, maxMs: 60_000 },
      },
    });
    const ids = await opened.paid(2);
    opened.advance(4_000);
    expect((await opened.sweep()).lastSweep).toMatchObject({
      pages: 2,
      seen: 2,
      moved: 0,
      missing: 0,
    });
    for (const order of await opened.orders(ids))
      expect(order).toMatchObject({ status: "paid", looks: 1 });
    expect(await opened.count("GET get")).toBe(0);
  });

  it("leaves alone what it holds under no word of its own, and what isn't paid", async () => {
    const opened = await openSwept(db);
    const [odd = ""] = await opened.paid(1);
    await opened.rule({ unknownStatus: "on_hold" }, { endpoint: "get" });
    expect(openSignals(await opened.work(odd))).toEqual(["unknown_word"]);
    opened.advance(4_000);
    expect((await opened.sweep()).sweptAt).toBe(null);
  });

  it("doesn't miss an order that is placed while it goes on", async () => {
    const opened = await openSwept(db);
    const before = await opened.paid(2);
    opened.advance(4_000);
    let placed: string[] = [];
    const ctx = at(opened.ctx, "sweep_page_read", async () => {
      placed = await opened.paid(1);
    });
    expect((await opened.sweep(ctx)).lastSweep).toMatchObject({ seen: 2, missing: 0 });
    expect((await opened.orders(placed))[0]).toMatchObject({ status: "paid", looks: 0 });
    expect(await dueInMs(db, placed[0] ?? "")).toBeGreaterThan(3 * 4_500);
    expect(await opened.orders(before)).toHaveLength(2);
  });

  it("does no harm where rows are left out: each is looked at, found open, and swept on", async () => {
    const opened = await openSwept(db);
    const ids = await opened.paid(3);
    opened.advance(4_000);
    await opened.sweep();
    await opened.rule({ listDrop: 1 }, { endpoint: "list", times: 1 });
    opened.advance(9_000);
    expect((await opened.sweep()).lastSweep).toMatchObject({ seen: 0, missing: 3 });
    for (const id of ids) expect(await opened.work(id)).toMatchObject({ status: "processing" });
    opened.advance(15_000);
    expect((await opened.sweep()).lastSweep).toMatchObject({ seen: 3, missing: 0 });
  });

  it("isn't believed any more once it goes on leaving out orders that were found open", async () => {
    const opened = await openSwept(db);
    const ids = await opened.paid(3);
    opened.advance(4_000);
    await opened.sweep();
    await opened.rule({ listDrop: 1 }, { endpoint: "list" });
    opened.advance(9_000);
    expect((await opened.sweep()).lastSweep).toMatchObject({ missing: 3 });
    opened.advance(1_000);
    for (const id of ids) expect(await opened.work(id)).toMatchObject({ status: "processing" });
    opened.advance(9_000);
    expect(await opened.sweep()).toMatchObject({
      mode: "single",
      distrustWhy: "It leaves out orders that are open.",
    });
  });

  it("doesn't hurry the one order that the list never shows", async () => {
    const opened = await openSwept(db);
    const [first] = await opened.paid(1);
    opened.advance(4_000);
    await opened.sweep();
    await opened.rule({ listDrop: 1 }, { endpoint: "list", times: 2 });
    opened.advance(9_000);
    expect((await opened.sweep()).lastSweep).toMatchObject({ missing: 1 });
    opened.advance(1_000);
    await opened.work(first ?? "");
    opened.advance(9_000);
    expect(await opened.sweep()).toMatchObject({ mode: "sweep", lastSweep: { missing: 0 } });
    expect(await dueInMs(db, first ?? "")).toBeGreaterThan(1_000);
  });

  it("walks over other people's orders, and stops where ours can't stand any more", async () => {
    const opened = await openSwept(db);
    await opened.foreign(60);
    opened.advance(20 * 60_000);
    const ids = await opened.paid(2);
    await opened.foreign(55);
    opened.advance(4_000);
    const plan = await opened.sweep();
    expect(plan.lastSweep).toMatchObject({ pages: 2, seen: 2, missing: 0 });
    expect(await opened.orders(ids)).toMatchObject([
      { status: "processing" },
      { status: "processing" },
    ]);
  });
});

describe("a list that isn't understood", () => {
  it.each([
    ["ignores what it is asked for", { ignoreFilter: true }, /^Asked for processing orders/],
    ["shows the same page again", { samePage: true }, /.+/],
    ["speaks otherwise", { oddEnvelope: true }, /list/],
    ["names another state", { unknownStatus: "on_hold" }, /on_hold/],
    ["is refused", { refuse: { status: 422, detail: "no such filter" } }, /.+/],
    ["is cut off", { garble: "truncated" }, /.+/],
  ] as const)("isn't asked again for a while where it %s", async (_, rule, why) => {
    const opened = await openSwept(db);
    await opened.foreign("samePage" in rule ? 60 : 0);
    const ids = await opened.paid(2);
    await opened.place("test-plain-codes").then(opened.work);
    opened.advance(4_000);
    await opened.rule(rule, { endpoint: "list" });
    const plan = await opened.sweep();
    expect(plan).toMatchObject({
      mode: "single",
      reason: "distrusted",
      leaseToken: null,
      sweptAt: null,
    });
    expect(plan.distrustWhy).toMatch(why);
    expect(plan.distrustUntil?.getTime()).toBeGreaterThan(Date.now() + DISTRUST_MS - 60_000);
    // Back to looks of their own.
    for (const id of ids) expect(await dueInMs(db, id)).toBeLessThan(16_000);
    await sweepAccounts(opened.ctx);
    expect(await opened.count("GET list")).toBeLessThanOrEqual(2);
    for (const id of ids) expect(await opened.work(id)).toMatchObject({ status: "processing" });
  });
});

describe("a sweep that is broken off", () => {
  it("concludes nothing from what it hasn't read, and comes again after the silence", async () => {
    const opened = await openSwept(db);
    const deep = await opened.paid(2);
    await opened.foreign(60);
    const ids = await opened.paid(1);
    opened.advance(4_000);
    const ctx = at(opened.ctx, "sweep_page_recorded", () =>
      opened.rule({ rateLimit: { retryAfter: 30 } }, { endpoint: "list", times: 1 }),
    );
    const plan = await opened.sweep(ctx);
    expect(plan).toMatchObject({ mode: "sweep", sweptAt: null, leaseToken: null });
    expect(plan.nextSweepAt?.getTime()).toBeGreaterThan(Date.now() + 25_000);
    expect(await opened.orders(ids)).toMatchObject([{ status: "processing", looks: 1 }]);
    for (const order of await opened.orders(deep)) expect(order).toMatchObject({ looks: 0 });
    for (const id of deep) expect(await dueInMs(db, id)).toBeGreaterThan(5_000);
    const before = await opened.count("GET list");
    await opened.sweep();
    expect(await opened.count("GET list")).toBe(before);
  });

  it("comes again soon where the supplier merely failed", async () => {
    const opened = await openSwept(db);
    await opened.paid(2);
    opened.advance(4_000);
    await opened.rule({ serverError: { effect: false } }, { endpoint: "list", times: 1 });
    expect(await opened.sweep()).toMatchObject({
      mode: "sweep",
      sweptAt: null,
      distrustUntil: null,
    });
    expect((await opened.sweep()).lastSweep).toMatchObject({ seen: 2 });
  });

  it("leaves the rest to another once its process is dead", async () => {
    const opened = await openSwept(db);
    const ids = await opened.paid(2);
    opened.advance(4_000);
    const dead = new Promise<never>(() => undefined);
    let reached = () => undefined as unknown;
    const dies = new Promise((resolve) => {
      reached = () => resolve(null);
    });
    const ctx = at(opened.ctx, "sweep_page_read", () => {
      reached();
      return dead;
    });
    void opened.sweep(ctx);
    await dies;
    await opened.sweep();
    expect(await opened.count("GET list")).toBe(1);
    await db.$executeRaw`update polling_plans set lease_until = now() - interval '1 second' where lease_token is not null`;
    expect((await opened.sweep()).lastSweep).toMatchObject({ seen: 2, missing: 0 });
    expect(await opened.orders(ids)).toMatchObject([{ looks: 1 }, { looks: 1 }]);
  });

  it("stops at the next page once somebody else has taken over", async () => {
    const opened = await openSwept(db);
    await opened.foreign(60);
    await opened.paid(2);
    opened.advance(4_000);
    const ctx = at(opened.ctx, "sweep_page_read", () =>
      db.pollingPlan.update({
        where: { supplierId: opened.supplierId },
        data: { leaseToken: "00000000-0000-4000-8000-000000000001" },
      }),
    );
    expect(await opened.sweep(ctx)).toMatchObject({ sweptAt: null });
    expect(await opened.count("GET list")).toBe(1);
  });
});
