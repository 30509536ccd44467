import { performance } from "node:perf_hooks";
import type { Client } from "pg";
import type { Bench } from "./frame/bench.ts";
import { median, range } from "./frame/rounds.ts";
import type { Process } from "./world/actor.ts";
import { cloneDatabase, type Database, withClient } from "./world/databases.ts";
import { nothingDue, timed } from "./world/race.ts";
import { seedAccount, seedOrders } from "./world/seed.ts";
import { type BenchSupplier, startSupplier } from "./world/supplier.ts";
import { waitUntil } from "./world/wait-until.ts";
import { startWorker } from "./world/workers.ts";
import type { World } from "./world/world.ts";

/** Fewer than a worker takes on at once, so that the idle one has nothing to do. */
const ORDERS = 8;
const MOST_TRIES = 10;

/** Both see the same orders; each calls an account of its own, so that the supplier knows who asks. */
type Pair = { database: Database; workers: { account: string; worker: Process }[] };

/** P11: a worker is killed in the middle of its calls; an idle one beside it takes over. */
export const p11: Bench = {
  id: "P11",
  title: "a killed worker's orders",
  async run(world, { rounds, tiny }, tell) {
    const supplier = await startSupplier(world.folder);
    // Waiting costs nothing, so all of them wait at the same time, each pair on a database of its own.
    const pairs: Pair[] = [];
    for (let number = 0; number < rounds; number += 1) {
      pairs.push(await openPair(world, supplier, number));
    }
    const seconds = await Promise.all(pairs.map((pair) => killAndWait(supplier, pair, tiny)));
    tell(`  after ${range(seconds)} s`);
    for (const { workers, database } of pairs) {
      await Promise.all(workers.map(({ worker }) => worker.stop()));
      await database.drop();
    }
    await supplier.stop();
    return [
      {
        name: "seconds from SIGKILL of the only busy worker to the last orphan's codes",
        ratio: median(seconds),
        spread: { min: Math.min(...seconds), max: Math.max(...seconds) },
        target: 30,
        bound: "at_most",
        detail: `${ORDERS} orders in the middle of their calls, another worker idle beside it; ${range(seconds)} s`,
      },
    ];
  },
};

async function openPair(world: World, supplier: BenchSupplier, number: number): Promise<Pair> {
  const database = await cloneDatabase(world);
  await withClient(database.url, (client) => seedAccount(client));
  const workers = await Promise.all(
    ["one", "other"].map(async (which) => {
      const account = `p11-${number}-${which}`;
      const url = supplier.urlOf(account);
      return { account, worker: await startWorker(world, account, database.url, url) };
    }),
  );
  return { database, workers };
}

async function killAndWait(
  supplier: BenchSupplier,
  { database, workers }: Pair,
  isHurried: boolean,
): Promise<number> {
  return withClient(database.url, async (client) => {
    const busy = await makeOneBusy(supplier, client, workers);
    const startedAt = performance.now();
    await busy.kill();
    for (const { account } of workers) await supplier.behave(account, { orders: "completed" });
    if (isHurried)
      await client.query("update orders set lease_until = now() where lease_until is not null");
    await timed(
      async () => undefined,
      () => nothingDue(client),
    );
    return (performance.now() - startedAt) / 1_000;
  });
}

/** Orders fall due; as a rule one worker claims them all, and otherwise others do until one has. */
async function makeOneBusy(
  supplier: BenchSupplier,
  client: Client,
  workers: Pair["workers"],
): Promise<Process> {
  for (let batch = 1; batch <= MOST_TRIES; batch += 1) {
    for (const { account } of workers) await supplier.behave(account, { orders: "held" });
    await seedOrders(client, { count: ORDERS, batch: `try-${batch}`, status: "processing" });
    await client.query("select pg_notify('keyhold', 'work')");
    let held: number[] = [];
    await waitUntil("every order has been called for", async () => {
      held = await Promise.all(workers.map(({ account }) => supplier.held(account)));
      return held.reduce((sum, calls) => sum + calls, 0) >= ORDERS;
    });
    const busy = workers[held.indexOf(ORDERS)];
    if (busy) return busy.worker;
    for (const { account } of workers) await supplier.behave(account, { orders: "completed" });
    await waitUntil("they are done", () => nothingDue(client));
  }
  throw new Error("The two workers shared the orders each time.");
}
