import { setTimeout as wait } from "node:timers/promises";
import type { Client } from "pg";
import { OWN_REQUEST } from "#lib/audit/request-facts.ts";
import { placeOrder } from "#lib/orders/place-order.ts";
import type { Bench } from "./frame/bench.ts";
import { median, plain, range } from "./frame/rounds.ts";
import { cloneDatabase, withClient } from "./world/databases.ts";
import { type Keyhold, openKeyhold } from "./world/keyhold.ts";
import { startContender } from "./world/race.ts";
import { seedAccount } from "./world/seed.ts";
import { seedProduct, startSimulator, type Ware } from "./world/simulator.ts";
import { waitUntil } from "./world/wait-until.ts";

/**
 * What has to be durable by itself before the next step may leave: the intent; the permit to create and
 * what came of it; the permit to pay and what came of that; the codes. Deliveries don't exist yet.
 */
const LEAST = 6;
const EVERY_MS = 50;
const IDLE_MS = 5_000;

/** P4: transactions that write, an order from its intent to its codes, as PostgreSQL numbers them. */
export const p4: Bench = {
  id: "P4",
  title: "commits an order",
  async run(world, { rounds, tiny }, tell) {
    const count = tiny ? 3 : 60;
    const simulator = await startSimulator(world.folder);
    const database = await cloneDatabase(world);
    const ware = await withClient(database.url, async (client) => {
      await seedAccount(client);
      return seedProduct(client);
    });
    const setting = { databaseUrl: database.url, supplierUrl: simulator.url, redisUrl: null };
    const engine = startContender("engine", world, "p4-engine");
    const keyhold = await openKeyhold(database.url, simulator.url);
    try {
      await engine.ask("prepare", setting);
      await engine.ask("start");
      return await withClient(database.url, async (client) => {
        // With nothing to do the engine still beats, and keeps its books: that is no order's doing.
        await run(keyhold, client, ware, count, 0);
        const idleFrom = await nextTransaction(client);
        await wait(tiny ? 500 : IDLE_MS);
        const idle = (await nextTransaction(client)) - idleFrom;
        const idleEachMs = idle / (tiny ? 500 : IDLE_MS);
        const each: number[] = [];
        for (let round = 1; round <= rounds; round += 1) {
          each.push(await run(keyhold, client, ware, count, idleEachMs));
          tell(`  round ${round}: ${plain(each.at(-1) ?? 0)} commits an order`);
        }
        return [
          {
            name: "commits an order from intent to codes ÷ the least there can be",
            ratio: median(each) / LEAST,
            spread: { min: Math.min(...each) / LEAST, max: Math.max(...each) / LEAST },
            target: 1.3,
            bound: "at_most",
            detail: `${range(each)} commits an order at ${1_000 / EVERY_MS} orders/s, where ${LEAST} are the least: intent, permit to create, its answer, permit to pay, its answer, codes`,
          },
        ];
      });
    } finally {
      await engine.ask("stop").catch(() => undefined);
      await engine.stop();
      await keyhold.close();
      await database.drop();
      await simulator.stop();
    }
  },
};

async function run(
  keyhold: Keyhold,
  client: Client,
  { productId, price }: Ware,
  count: number,
  idleEachMs: number,
): Promise<number> {
  const from = await nextTransaction(client);
  const startedAt = Date.now();
  const placed: string[] = [];
  for (let number = 0; number < count; number += 1) {
    const reference = `bench-${startedAt}-${number}`;
    const wish = {
      clientRef: reference,
      lines: [{ productId, quantity: 1, note: {} }],
      customerRef: reference,
      isMock: false,
      agreedTotal: price,
    };
    const actor = { kind: "job", name: "bench" } as const;
    const result = await placeOrder(keyhold, actor, wish, {
      ...OWN_REQUEST,
      correlationId: reference,
    });
    if (result.kind !== "placed") throw new Error(`Not placed: ${JSON.stringify(result)}`);
    placed.push(result.orderId);
    await wait(Math.max(0, startedAt + (number + 1) * EVERY_MS - Date.now()));
  }
  await waitUntil("all orders have their codes", async () => {
    const { rows } = await client.query<{ done: number }>(
      "select count(*)::int as done from orders where id = any($1) and status = 'completed'",
      [placed],
    );
    return rows[0]?.done === count;
  });
  const commits = (await nextTransaction(client)) - from;
  return (commits - idleEachMs * (Date.now() - startedAt)) / count;
}

/** Transactions that write nothing get no number, and asking for it doesn't use one up. */
async function nextTransaction(client: Client): Promise<number> {
  const { rows } = await client.query<{ next: string }>(
    "select pg_snapshot_xmax(pg_current_snapshot()) as next",
  );
  return Number(rows[0]?.next);
}
