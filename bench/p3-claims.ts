import { performance } from "node:perf_hooks";
import { Pool } from "pg";
import { type Claim, claimLooks, claimSends } from "#lib/orders/claims.ts";
import { openDb } from "#lib/platform/db.ts";
import type { Bench, Finding } from "./frame/bench.ts";
import { type Contender, medians, ratioOf, takeTurns } from "./frame/rounds.ts";
import { checkpoint, cloneDatabase, withClient } from "./world/databases.ts";
import { SUPPLIER_ID, seedAccount, seedOrders, settle } from "./world/seed.ts";
import type { World } from "./world/world.ts";

const BATCH = 50;

/** What one writes by hand for the same index, and no more than that. */
const BY_HAND = `
  update orders set lease_token = gen_random_uuid(), lease_until = now() + interval '20 seconds'
  where id in (
    select id from orders
    where next_poll_at <= now() and (lease_until is null or lease_until < now())
      and supplier_id = $1 and status not in ('submitting', 'awaiting_payment')
    order by next_poll_at limit ${BATCH} for update skip locked)
  returning id, lease_token, status, correlation_id, supplier_order_id`;

/** P3: claiming alone, on one connection after the other, until nothing is left to claim. */
export const p3: Bench = {
  id: "P3",
  title: "claims a second",
  async run(world, { rounds, tiny }, tell) {
    const count = tiny ? 120 : 5_000;
    const contenders = [
      contender("looks", world, count, "processing", openLooks),
      contender("sends", world, count, "awaiting_payment", openSends),
      contender("by hand", world, count, "processing", openByHand),
    ];
    const series = await takeTurns(contenders, { rounds, tiny }, tell);
    const finding = (ours: string, what: string): Finding => ({
      name: `claims of ${ours} a second ÷ hand-written SKIP LOCKED, batch ${BATCH}`,
      ...ratioOf(series, ours, "by hand"),
      target: 0.8,
      bound: "at_least",
      detail: `${what}; orders/s: ${medians(series)}`,
    });
    return [
      finding("looks", "takes as many calls out of the account's budget in the same statement"),
      finding("sends", "orders to be created or paid, over all suppliers"),
    ];
  },
};

type Opened = { claim(): Promise<number>; close(): Promise<unknown> };

function contender(
  name: string,
  world: World,
  count: number,
  status: "processing" | "awaiting_payment",
  open: (url: string) => Opened,
): Contender {
  return {
    name,
    async once() {
      const database = await cloneDatabase(world);
      await withClient(database.url, async (client) => {
        await seedAccount(client);
        await seedOrders(client, { count, batch: name, status });
        await settle(client);
      });
      await checkpoint(world);
      const opened = open(database.url);
      // The first statement connects and is planned.
      let claimed = await opened.claim();
      const warm = claimed;
      const startedAt = performance.now();
      for (let more = warm; more > 0; claimed += more) more = await opened.claim();
      const seconds = (performance.now() - startedAt) / 1_000;
      await opened.close();
      await database.drop();
      if (claimed !== count) throw new Error(`${name} claimed ${claimed} of ${count}.`);
      return (count - warm) / seconds;
    },
  };
}

const openLooks = (url: string) =>
  openOurs(url, async (db) => (await claimLooks({ db }, SUPPLIER_ID, BATCH)).claims);
const openSends = (url: string) => openOurs(url, (db) => claimSends({ db }, BATCH));

function openOurs(url: string, claim: (db: ReturnType<typeof openDb>) => Promise<Claim[]>): Opened {
  const db = openDb(url);
  return {
    claim: async () => (await claim(db)).length,
    close: () => db.$disconnect(),
  };
}

function openByHand(url: string): Opened {
  const pool = new Pool({ connectionString: url, max: 12 });
  return {
    async claim() {
      const { rows } = await pool.query({ name: "claim", text: BY_HAND, values: [SUPPLIER_ID] });
      return rows.length;
    },
    close: () => pool.end(),
  };
}
