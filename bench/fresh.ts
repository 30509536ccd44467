import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Client } from "pg";
import { stream } from "../harness/simulate/chance.ts";
import type { Bench } from "./frame/bench.ts";
import { plain } from "./frame/rounds.ts";
import type { TimedOrder } from "./supplier/timed-order.ts";
import { cloneDatabase, withClient } from "./world/databases.ts";
import { seedCurve, seedLimitedAccount, seedPaidNow } from "./world/seed-open.ts";
import { startTimedSupplier } from "./world/timed-supplier.ts";
import { waitUntil } from "./world/wait-until.ts";
import { startWorker } from "./world/workers.ts";

const CALLS_A_MINUTE = 100;
const EVERY_MS = 1_000;
/** The plan is made every ten seconds, from what is open by then. */
const WARM_UP = 45;
const MEASURED = 180;
/** Placing goes on, so that the last ones measured are not the last ones of all. */
const AFTERWARDS = 45;
/** Log-normal, as waits mostly are: half of the orders end within 25 s, one in twenty after 57 s. */
const MEDIAN_MS = 25_000;
const SIGMA = 0.5;

/**
 * FRESH: one order a second, paid elsewhere, and 100 calls a minute to look after them with: from the
 * instant in which the supplier has completed an order until its code is stored.
 */
export const fresh: Bench = {
  id: "FRESH",
  title: "from the supplier's completion to the stored code",
  async run(world, { tiny }, tell) {
    const supplier = await startTimedSupplier(world.folder);
    const database = await cloneDatabase(world);
    const count = tiny ? 4 : WARM_UP + MEASURED + AFTERWARDS;
    try {
      return await withClient(database.url, async (client) => {
        await seedLimitedAccount(client, CALLS_A_MINUTE);
        await seedCurve(client, quantiles());
        const worker = await startWorker(world, "fresh", database.url, supplier.url);
        const chance = stream(1, "fresh");
        const orders: TimedOrder[] = [];
        const startedAt = Date.now();
        for (let placed = 0; placed < count; placed += 1) {
          await wait(Math.max(0, startedAt + placed * EVERY_MS - Date.now()));
          const createdAt = Date.now();
          const took = tiny ? 500 : tookMs(chance);
          const order = { id: randomUUID(), createdAt, completesAt: createdAt + took };
          orders.push(order);
          await supplier.expect([order]);
          await seedPaidNow(client, order.id);
          if (placed === WARM_UP) await supplier.asked();
        }
        const calls = await supplier.asked();
        await waitUntil("every order is completed", async () => (await open(client)) === 0);
        await worker.stop();
        const stored = await storedAt(client);
        const delays = orders
          .slice(...(tiny ? [0] : [WARM_UP, WARM_UP + MEASURED]))
          .map(({ id, completesAt }) => (stored.get(id) ?? Number.NaN) - completesAt)
          .toSorted((left, right) => left - right);
        const seconds = (share: number) =>
          (delays[Math.min(delays.length - 1, Math.floor(delays.length * share))] ?? Number.NaN) /
          1_000;
        const asked = MEASURED + AFTERWARDS;
        const perMinute = (number: number) => plain((number * 60_000) / (asked * EVERY_MS));
        const detail = `${MEASURED} orders, one a second; a minute ${perMinute(calls.reads)} single reads, ${perMinute(calls.pages)} pages of the list, ${perMinute(calls.others)} others`;
        tell(`  median ${plain(seconds(0.5))} s, 95 % ${plain(seconds(0.95))} s; ${detail}`);
        return [
          {
            name: "seconds to the stored code, median",
            ratio: seconds(0.5),
            target: 3,
            bound: "at_most" as const,
            spread: null,
            detail,
          },
          {
            name: "seconds to the stored code, 95th percentile",
            ratio: seconds(0.95),
            target: 8,
            bound: "at_most" as const,
            spread: null,
            detail: `slowest ${plain(seconds(1))} s`,
          },
        ];
      });
    } finally {
      await database.drop();
      await supplier.stop();
    }
  },
};

/** What the engine would have learnt of the product by now: so many quantiles of ten thousand orders. */
function quantiles(): number[] {
  const chance = stream(2, "fresh");
  const past = Array.from({ length: 10_000 }, () => tookMs(chance)).toSorted((a, b) => a - b);
  return Array.from({ length: 33 }, (_, at) =>
    Math.round(past[Math.min(past.length - 1, Math.floor((at * past.length) / 32))] ?? 0),
  );
}

const tookMs = (chance: () => number): number => MEDIAN_MS * Math.exp(SIGMA * normal(chance));

function normal(chance: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());
}

async function open(client: Client): Promise<number> {
  const { rows } = await client.query<{ open: number }>(
    "select count(*)::int as open from orders where status <> 'completed'",
  );
  return rows[0]?.open ?? Number.NaN;
}

/** When each supplier order's code was written, in milliseconds since 1970. */
async function storedAt(client: Client): Promise<Map<string, number>> {
  const { rows } = await client.query<{ id: string; at: Date }>(
    `select o.supplier_order_id as id, c.stored_at as at
     from codes c join order_items i on i.id = c.item_id join orders o on o.id = i.order_id`,
  );
  return new Map(rows.map(({ id, at }) => [id, at.getTime()]));
}
