import { setTimeout as wait } from "node:timers/promises";
import type { Bench } from "./frame/bench.ts";
import { plain } from "./frame/rounds.ts";
import type { Tally } from "./supplier/behaviour.ts";
import { cloneDatabase, withClient } from "./world/databases.ts";
import { seedAccount, seedOrders } from "./world/seed.ts";
import { type BenchSupplier, startSupplier } from "./world/supplier.ts";
import { startWorker } from "./world/workers.ts";
import type { World } from "./world/world.ts";

/** A real minute: what a budget holds for bursts is meant for one, and no shorter window can stand for it. */
const WINDOW_MS = 60_000;
const CALLS = 100;
const SETTLE_MS = 60_000;

type Case = { name: string; allowed: number; measuredMs: number; orders: number };

/** P6: two workers, far more open orders than the supplier lets them ask for, and its 429. */
export const p6: Bench = {
  id: "P6",
  title: "the supplier's limit",
  async run(world, { tiny }, tell) {
    const supplier = await startSupplier(world.folder);
    const measuredMs = tiny ? 1_500 : 180_000;
    const orders = tiny ? 50 : 300;
    try {
      const known = { name: "known", allowed: CALLS, measuredMs, orders };
      const lower = { name: "lower", allowed: CALLS * 0.7, measuredMs, orders };
      const settleMs = tiny ? 200 : SETTLE_MS;
      // Side by side: neither keeps the machine busy.
      const [asSet, below] = await Promise.all([
        measure(world, supplier, known, settleMs),
        measure(world, supplier, lower, settleMs),
      ]);
      tell(`  limit as set: ${inWords(asSet)}`);
      tell(`  limit 30 % lower than set: ${inWords(below)}`);
      const useful = usefulShare(asSet, known);
      return [
        {
          name: "calls inside a Retry-After window",
          ratio: asSet.inside + below.inside,
          spread: null,
          target: 0,
          bound: "at_most",
          detail: `two workers; where the limit is as set: ${inWords(asSet)}; where it is 30 % lower than anybody said: ${inWords(below)}`,
        },
        {
          name: "useful calls ÷ what the supplier allows",
          ratio: useful,
          spread: null,
          target: 0.9,
          bound: "at_least",
          detail: `useful: let through by the limit of ${CALLS} calls a minute, in ${measuredMs / 1_000} s; where the limit is 30 % lower than set: ${plain(usefulShare(below, lower))}`,
        },
      ];
    } finally {
      await supplier.stop();
    }
  },
};

const usefulShare = ({ accepted }: Tally, { allowed, measuredMs }: Case): number =>
  accepted / ((allowed * measuredMs) / WINDOW_MS);

async function measure(
  world: World,
  supplier: BenchSupplier,
  { name, allowed, measuredMs, orders }: Case,
  settleMs: number,
): Promise<Tally> {
  const database = await cloneDatabase(world);
  await withClient(database.url, async (client) => {
    await seedAccount(client, { callsPerMinute: CALLS, readsAtOnce: 8 });
    await seedOrders(client, {
      count: orders,
      batch: name,
      status: "processing",
      dueWithinSeconds: 15,
    });
  });
  const limit = { calls: allowed, windowMs: WINDOW_MS };
  await supplier.behave(name, { orders: "processing", limit });
  const start = (number: number) =>
    startWorker(world, `p6-${name}-${number}`, database.url, supplier.urlOf(name));
  const workers = await Promise.all([start(1), start(2)]);
  await wait(settleMs);
  const before = await supplier.tally(name);
  await wait(measuredMs);
  const after = await supplier.tally(name);
  await Promise.all(workers.map((worker) => worker.stop()));
  await database.drop();
  return {
    accepted: after.accepted - before.accepted,
    limited: after.limited - before.limited,
    // None is forgiven, not even while starting.
    inside: after.inside,
    insideForMs: after.insideForMs,
    crossed: after.crossed - before.crossed,
    windows: after.windows - before.windows,
  };
}

const inWords = ({ accepted, limited, inside, insideForMs, crossed }: Tally): string =>
  `${accepted} calls let through, ${limited} times 429, ${crossed} calls under way while it was said, ${inside} inside${inside > 0 ? ` (the last ${insideForMs} ms after it)` : ""}`;
