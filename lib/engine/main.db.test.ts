import { randomBytes } from "node:crypto";
import { afterAll, expect, it, vi } from "vitest";
import { localKeySource } from "#lib/platform/local-key-source.ts";
import { openSealer } from "#lib/platform/open-sealer.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { compare, hurry, openFastSupplier, placeMany, settled } from "./run-engine.fixture.ts";
import { killWorker, startWorker as startProcess } from "./worker-process.fixture.ts";

const { db, url, drop } = await createTestDatabase();
afterAll(drop);

const key = randomBytes(32);
/** As the workers have it. */
const source = localKeySource([{ id: "t1", key }], "the test");

/** At this supplier. */
const startWorker = (supplierUrl: string) =>
  startProcess(url, key, { FOXRELOAD_BASE_URL: supplierUrl, FOXRELOAD_API_KEY: "test-key" });

it("a worker that is killed mid-way leaves nothing stuck, nothing doubled and nothing lost", async () => {
  // What a killed worker had sent is counted out; nothing lands here later than a second.
  const account = { isExclusive: true, settlingMs: 1_000 };
  const supplier = await openFastSupplier(db, { account });
  Object.assign(supplier.ctx, { sealer: await openSealer(supplier.ctx, source) });
  await supplier.rule({ delayMs: 60 }, { endpoint: "create" });
  await supplier.rule({ delayMs: 20 }, { endpoint: "pay" });
  const ids = await placeMany(supplier, 26);
  const created = async () =>
    (await supplier.requests()).filter((request) => request === "POST create").length;

  for (const mark of [5, 12]) {
    const worker = startWorker(supplier.simulator.url);
    await vi.waitFor(
      async () => {
        await hurry(db);
        expect(await created()).toBeGreaterThanOrEqual(mark);
      },
      { timeout: 90_000, interval: 20 },
    );
    expect(await killWorker(worker, "SIGKILL")).toEqual([null, "SIGKILL"]);
    await hurry(db, { deadLeases: true });
  }
  const last = startWorker(supplier.simulator.url);
  await settled(db, 100_000);
  expect(await killWorker(last, "SIGTERM")).toEqual([0, null]);

  const { orders, orphans } = await compare(supplier.ctx, await supplier.truth());
  expect(orders.map(({ status }) => status)).toEqual(Array(ids.length).fill("completed"));
  expect(orphans).toBe(0);
  const { orders: theirs } = await supplier.truth();
  expect(theirs.map(({ paidCount }) => paidCount)).toEqual(Array(ids.length).fill(1));
  // Each kill catches at most the two creates under way, and those whose answers were being written down.
  expect(await created()).toBeLessThanOrEqual(ids.length + 8);
  expect(await db.order.count({ where: { leaseToken: { not: null } } })).toBe(0);
  const runs = await db.engineRun.findMany({ orderBy: { startedAt: "asc" } });
  expect(runs.map(({ stoppedAt }) => stoppedAt !== null)).toEqual([false, false, true]);
}, 300_000);

it("a killed worker's orders are taken up within 30 s, though nobody touches their leases (P11)", async () => {
  const supplier = await openFastSupplier(db, {
    account: { isExclusive: true, settlingMs: 1_000 },
  });
  Object.assign(supplier.ctx, { sealer: await openSealer(supplier.ctx, source) });
  // Each call takes longer than the worker has to live.
  await supplier.rule({ delayMs: 60_000 }, { endpoint: "create" });
  await placeMany(supplier, 12);
  const held = () => db.order.findMany({ where: { leaseToken: { not: null } } });
  const busy = startWorker(supplier.simulator.url);
  await vi.waitFor(
    async () => {
      expect(await held()).toHaveLength(12);
      expect(await db.orderAttempt.count({ where: { finishedAt: null } })).toBe(2);
    },
    { timeout: 60_000 },
  );
  const orphans = await held();
  await killWorker(busy, "SIGKILL");

  const runs = await db.engineRun.count();
  startWorker(supplier.simulator.url);
  await vi.waitFor(async () => expect(await db.engineRun.count()).toBe(runs + 1), {
    timeout: 90_000,
  });
  await vi.waitFor(
    async () => {
      for (const { id, leaseToken } of orphans) {
        const order = await db.order.findUniqueOrThrow({ where: { id } });
        expect(order.leaseToken).not.toBe(leaseToken);
      }
    },
    { timeout: 30_000, interval: 100 },
  );
  // What was being sent is in doubt; nobody sends it again on a guess.
  const ids = orphans.map(({ id }) => id);
  const sends = await db.orderAttempt.groupBy({
    by: ["orderId"],
    where: { orderId: { in: ids } },
    _count: true,
  });
  for (const { _count: times } of sends) expect(times).toBe(1);
}, 150_000);

it("a worker that is told to stop gives back what it hasn't begun, and leaves no lease", async () => {
  const supplier = await openFastSupplier(db, {
    account: { isExclusive: true, settlingMs: 1_000 },
  });
  Object.assign(supplier.ctx, { sealer: await openSealer(supplier.ctx, source) });
  await supplier.rule({ delayMs: 1_500 }, { endpoint: "get" });
  const ids = await placeMany(supplier, 20);
  const mine = { id: { in: ids } };
  const worker = startWorker(supplier.simulator.url);
  await vi.waitFor(
    async () => {
      await hurry(db);
      const looked = {
        ...mine,
        status: { in: ["paid", "processing"] as ("paid" | "processing")[] },
      };
      expect(
        await db.order.count({ where: { ...looked, leaseToken: { not: null } } }),
      ).toBeGreaterThan(3);
    },
    { timeout: 60_000, interval: 50 },
  );
  expect(await killWorker(worker, "SIGTERM")).toEqual([0, null]);
  expect(await db.order.count({ where: { ...mine, leaseToken: { not: null } } })).toBe(0);
  expect(await db.order.count({ where: { ...mine, failedLooks: { gt: 0 } } })).toBe(0);
}, 150_000);
