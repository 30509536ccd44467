import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { afterAll, afterEach, expect, it, vi } from "vitest";
import { createSealer } from "#lib/platform/seal.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { compare, hurry, openFastSupplier, placeMany, settled } from "./run-engine.fixture.ts";

const { db, url, drop } = await createTestDatabase();
afterAll(drop);

const key = randomBytes(32);
const workers: ChildProcess[] = [];
afterEach(() => {
  for (const worker of workers.splice(0)) worker.kill("SIGKILL");
});

/** A worker as it is started in production, at this supplier. */
function startWorker(supplierUrl: string): ChildProcess {
  const worker = spawn(process.execPath, ["--import", "tsx", "lib/engine/main.ts"], {
    env: {
      NODE_ENV: "test",
      PATH: process.env.PATH,
      DATABASE_URL: url,
      NEXTAUTH_URL: "http://127.0.0.1:3000",
      NEXTAUTH_SECRET: randomBytes(32).toString("base64"),
      CRON_SECRET: randomBytes(32).toString("base64"),
      KEYHOLD_SEALING_KEYS: `t1:${key.toString("base64")}`,
      FOXRELOAD_BASE_URL: supplierUrl,
      FOXRELOAD_API_KEY: "test-key",
      LOG_LEVEL: "error",
    },
    stdio: ["ignore", "inherit", "inherit"],
  });
  workers.push(worker);
  return worker;
}

async function kill(worker: ChildProcess, signal: "SIGKILL" | "SIGTERM") {
  const exited = once(worker, "exit");
  worker.kill(signal);
  return (await exited) as [number | null, string | null];
}

it("a worker that is killed mid-way leaves nothing stuck, nothing doubled and nothing lost", async () => {
  // What a killed worker had sent is counted out; nothing lands here later than a second.
  const account = { isExclusive: true, settlingMs: 1_000 };
  const supplier = await openFastSupplier(db, { account });
  Object.assign(supplier.ctx, { sealer: createSealer([{ id: "t1", key }]) });
  await supplier.rule({ delayMs: 60 }, { endpoint: "create" });
  await supplier.rule({ delayMs: 20 }, { endpoint: "pay" });
  const ids = await placeMany(supplier, 40);
  const created = async () =>
    (await supplier.requests()).filter((request) => request === "POST create").length;

  for (const mark of [6, 14, 22]) {
    const worker = startWorker(supplier.simulator.url);
    await vi.waitFor(
      async () => {
        await hurry(db);
        expect(await created()).toBeGreaterThanOrEqual(mark);
      },
      { timeout: 20_000, interval: 20 },
    );
    expect(await kill(worker, "SIGKILL")).toEqual([null, "SIGKILL"]);
    await hurry(db, { deadLeases: true });
  }
  const last = startWorker(supplier.simulator.url);
  await settled(db, 100_000);
  expect(await kill(last, "SIGTERM")).toEqual([0, null]);

  const { orders, orphans } = await compare(supplier.ctx, await supplier.truth());
  expect(orders.map(({ status }) => status)).toEqual(Array(ids.length).fill("completed"));
  expect(orphans).toBe(0);
  const { orders: theirs } = await supplier.truth();
  expect(theirs.map(({ paidCount }) => paidCount)).toEqual(Array(ids.length).fill(1));
  // Each kill catches at most the two creates under way, and those whose answers were being written down.
  expect(await created()).toBeLessThanOrEqual(ids.length + 12);
  expect(await db.order.count({ where: { leaseToken: { not: null } } })).toBe(0);
  const runs = await db.engineRun.findMany({ orderBy: { startedAt: "asc" } });
  expect(runs.map(({ stoppedAt }) => stoppedAt !== null)).toEqual([false, false, false, true]);
}, 180_000);
