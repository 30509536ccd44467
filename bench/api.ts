import type { Client } from "pg";
import type { Bench, Size } from "./frame/bench.ts";
import { type Contender, median, medians, range, takeTurns } from "./frame/rounds.ts";
import { startActor } from "./world/actor.ts";
import { checkpoint, cloneDatabase, withClient } from "./world/databases.ts";
import { bareEnvironment } from "./world/environment.ts";
import { SUPPLIER_ID, seedAccount, settle } from "./world/seed.ts";
import { type Message, send } from "./world/send.ts";
import { startTimedSupplier, type TimedSupplier } from "./world/timed-supplier.ts";

const AT_ONCE = 50;
const PRODUCT = "product_bench";
const JSON_BODY = { "content-type": "application/json" };
const OURS = `API, ${AT_ONCE} at once`;
const THEIRS = `supplier, ${AT_ONCE} at once`;
const ALONE = "API, one at a time";
const BARE = `one row a request, ${AT_ONCE} at once`;

/** API: an order that a storefront places, from its request to its answer, against the supplier's own answer. */
export const api: Bench = {
  id: "API",
  title: "placing an order over the API",
  async run(world, size, tell) {
    const supplier = await startTimedSupplier(world.folder);
    const actor = startActor("api", ["bench/api/main.ts"], bareEnvironment(), world.folder);
    const placing = (name: string, atOnce: number, prepare = "prepare"): Contender => ({
      name,
      async once() {
        const database = await cloneDatabase(world);
        await withClient(database.url, seed);
        await checkpoint(world);
        const facts = { databaseUrl: database.url, supplierUrl: supplier.url };
        const { url, key } = await actor.ask<{ url: string; key: string }>(prepare, facts);
        const { answersMs } = await send(url, wishes(size, key), atOnce);
        await actor.ask("stop");
        await database.drop();
        return slow(answersMs);
      },
    });
    try {
      const series = await takeTurns(
        [
          placing(OURS, AT_ONCE),
          bare(supplier, size),
          placing(ALONE, 1),
          placing(BARE, AT_ONCE, "prepareBare"),
        ],
        size,
        tell,
      );
      const [ours = [], theirs = []] = [series.get(OURS), series.get(THEIRS)];
      const added = ours.map((ms, round) => ms - (theirs[round] ?? Number.NaN));
      return [
        {
          name: `ms that the API takes longer than the bare supplier call at p95, ${AT_ONCE} at once`,
          ratio: median(added),
          spread: { min: Math.min(...added), max: Math.max(...added) },
          target: 20,
          bound: "at_most",
          detail: `p95 in ms: ${medians(series)}; added ${range(added)}`,
        },
      ];
    } finally {
      await actor.stop();
      await supplier.stop();
    }
  },
};

const bare = (supplier: TimedSupplier, size: Size): Contender => ({
  name: THEIRS,
  async once() {
    const body = JSON.stringify({ items: [{ productId: PRODUCT, quantity: 1 }] });
    const messages = Array.from({ length: orders(size) }, () => ({ body, headers: JSON_BODY }));
    return slow((await send(`${supplier.url}/api/orders`, messages, AT_ONCE)).answersMs);
  },
});

const orders = ({ tiny }: Size): number => (tiny ? 10 : 1_000);

function wishes(size: Size, key: string): Message[] {
  const headers = { ...JSON_BODY, authorization: `Bearer ${key}` };
  return Array.from({ length: orders(size) }, (_, number) => ({
    body: JSON.stringify({
      items: [{ itemId: PRODUCT, quantity: 1 }],
      customerRef: `bench-${number}`,
    }),
    headers: { ...headers, "idempotency-key": `bench-${number}` },
  }));
}

/** Of sorted milliseconds: 95 of 100 were answered within this. */
const slow = (sortedMs: readonly number[]): number =>
  sortedMs[Math.ceil(sortedMs.length * 0.95) - 1] ?? Number.NaN;

/** An account with a product, and money for all of it. */
async function seed(client: Client): Promise<void> {
  await seedAccount(client);
  await client.query("update balance_samples set available = 1000000");
  await client.query(
    `insert into products (id, supplier_id, external_id, name, price, currency, seen_at)
     values (gen_random_uuid(), $1, $2, 'Gift card 5 USD', 4.75, 'USD', now())`,
    [SUPPLIER_ID, PRODUCT],
  );
  await settle(client);
}
