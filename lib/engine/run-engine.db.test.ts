import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "#prisma/test-database.ts";
import { compare, hurry, openFastSupplier, placeMany, settled } from "./run-engine.fixture.ts";
import { runEngine } from "./run-engine.ts";

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

type Supplier = Awaited<ReturnType<typeof openFastSupplier>>;

/** An engine that runs until it is told to stop. */
function start(supplier: Pick<Supplier, "ctx">) {
  const stop = new AbortController();
  const run = runEngine(supplier.ctx, { kind: "worker", signal: stop.signal });
  return {
    async stop() {
      stop.abort();
      return run;
    },
  };
}

const creates = async (supplier: Supplier) =>
  (await supplier.requests()).filter((request) => request === "POST create").length;

describe("runEngine", () => {
  it("takes thirty orders from intent to code, each bought once, every code in its place", async () => {
    const { db } = database;
    const supplier = await openFastSupplier(db);
    await placeMany(supplier, 30);
    const engine = start(supplier);
    await settled(db);
    // Each is sent and paid under one claim, and looked at under others.
    expect(await engine.stop()).toBeGreaterThanOrEqual(60);

    const { orders, orphans } = await compare(supplier.ctx, await supplier.truth());
    expect(orphans).toBe(0);
    expect(orders.map(({ status }) => status)).toEqual(Array(30).fill("completed"));
    expect(await creates(supplier)).toBe(30);
    expect((await supplier.truth()).orders.map(({ paidCount }) => paidCount)).toEqual(
      Array(30).fill(1),
    );
    const codes = await db.code.findMany();
    expect(new Set(codes.map(({ blindIndex }) => blindIndex)).size).toBe(codes.length);
    expect(await db.engineRun.findMany()).toMatchObject([{ stoppedAt: expect.any(Date) }]);
  }, 90_000);

  it("shares the work with others on the same database, through all kinds of trouble", async () => {
    const { db } = database;
    const supplier = await openFastSupplier(db);
    await supplier.rule({ loseReply: "after" }, { endpoint: "pay", share: 0.1 });
    await supplier.rule({ serverError: { effect: false } }, { endpoint: "get", share: 0.1 });
    await supplier.rule({ garble: "truncated" }, { endpoint: "get", share: 0.1 });
    await supplier.rule({ unknownStatus: "on_hold" }, { endpoint: "get", share: 0.1 });
    await supplier.rule({ rateLimit: { retryAfter: 1 } }, { endpoint: "any", share: 0.03 });
    await placeMany(supplier, 30);
    const engines = [start(supplier), start(supplier), start(supplier)];
    await settled(db);
    for (const engine of engines) await engine.stop();
    const { orders, orphans } = await compare(supplier.ctx, await supplier.truth());
    expect(orphans).toBe(0);
    expect(orders.map(({ status }) => status)).toEqual(Array(30).fill("completed"));
    expect((await supplier.truth()).orders).toHaveLength(30);
  }, 90_000);

  it.each([
    ["where creating may cost, by counting", { createIsFree: false }],
    ["where creating costs, and nobody knew", { createIsFree: null, createCharges: true }],
    ["where creating is free, by making it again", { createIsFree: true }],
  ])(
    "clears up lost creates without a person: %s (I1, I16, I20)",
    async (_, account) => {
      const { db } = database;
      const supplier = await openFastSupplier(db, {
        ...account,
        chargedActiveMs: 0,
        account: { isExclusive: true },
      });
      await supplier.rule({ loseReply: "after" }, { endpoint: "create", share: 0.25 });
      // Counting would wait for the settling time until it believed that nothing was made.
      if (account.createIsFree) {
        await supplier.rule({ loseReply: "before" }, { endpoint: "create", share: 0.2 });
      }
      await placeMany(supplier, 40);
      const engines = [start(supplier), start(supplier), start(supplier)];
      await settled(db);
      for (const engine of engines) await engine.stop();

      const { orders, orphans } = await compare(supplier.ctx, await supplier.truth());
      expect(orders.map(({ status }) => status)).toEqual(Array(40).fill("completed"));
      const { orders: theirs } = await supplier.truth();
      expect(theirs.filter(({ paidCount }) => paidCount > 0)).toHaveLength(40);
      if (!account.createIsFree) expect(orphans).toBe(0);
      expect(await db.placementGate.count({ where: { frozenAt: { not: null } } })).toBe(0);
      expect(await db.orderAttempt.count({ where: { resolution: { not: null } } })).toBeGreaterThan(
        3,
      );
    },
    90_000,
  );

  it("stops gracefully: what is in flight is finished, and nothing stays leased", async () => {
    const { db } = database;
    const supplier = await openFastSupplier(db);
    await supplier.rule({ delayMs: 200 }, { endpoint: "create" });
    await placeMany(supplier, 24);
    const engine = start(supplier);
    await vi.waitFor(async () => expect(await creates(supplier)).toBeGreaterThanOrEqual(2), {
      timeout: 15_000,
      interval: 20,
    });
    const stopped = engine.stop();
    const begun = await db.orderAttempt.count();
    await stopped;
    // Of the many that waited for their turn, at most what was just beginning was sent.
    expect(await db.orderAttempt.count()).toBeLessThanOrEqual(begun + 2);
    expect(await db.order.count({ where: { leaseToken: { not: null } } })).toBe(0);
    expect(await db.orderAttempt.count({ where: { finishedAt: null } })).toBe(0);
    expect(await db.order.count({ where: { status: "unconfirmed" } })).toBe(0);
    const left = await db.order.count({ where: { status: "submitting" } });
    expect(left).toBeGreaterThan(0);
    expect(await creates(supplier)).toBe(24 - left);
  }, 90_000);

  it("does nothing when it is stopped before it begins", async () => {
    const supplier = await openFastSupplier(database.db);
    await placeMany(supplier, 1);
    const run = runEngine(supplier.ctx, { kind: "worker", signal: AbortSignal.abort() });
    expect(await run).toBe(0);
    expect(await creates(supplier)).toBe(0);
  });

  it("can be woken for new work, and stops listening for it at the end", async () => {
    const { db } = database;
    const supplier = await openFastSupplier(db);
    const stop = new AbortController();
    let wake: () => void = () => expect.fail("not listening yet");
    const stopWaking = vi.fn();
    const run = runEngine(supplier.ctx, {
      kind: "worker",
      signal: stop.signal,
      onWork(given) {
        wake = given;
        return stopWaking;
      },
    });
    await vi.waitFor(async () => expect(await db.engineRun.count()).toBe(1), { timeout: 15_000 });
    await placeMany(supplier, 1);
    wake();
    await vi.waitFor(async () => expect(await creates(supplier)).toBe(1), { timeout: 15_000 });
    stop.abort();
    await run;
    expect(stopWaking).toHaveBeenCalledOnce();
  });

  it("goes on with everything else when one order's work always fails", async () => {
    const { db } = database;
    const supplier = await openFastSupplier(db);
    const [poisoned = ""] = await placeMany(supplier, 6);
    await db.$executeRawUnsafe(
      `create function poison() returns trigger language plpgsql as $$ begin raise exception 'poison'; end $$;`,
    );
    await db.$executeRawUnsafe(
      `create trigger poison before insert on order_attempts for each row when (new.order_id = '${poisoned}') execute function poison()`,
    );
    const engine = start(supplier);
    await vi.waitFor(
      async () => {
        await hurry(db);
        expect(await db.order.count({ where: { status: "completed" } })).toBe(5);
      },
      { timeout: 20_000, interval: 100 },
    );
    await engine.stop();
    expect(await db.order.findUnique({ where: { id: poisoned } })).toMatchObject({
      status: "submitting",
      nextPollAt: expect.any(Date),
    });
    expect(await creates(supplier)).toBe(5);
  }, 90_000);
});
