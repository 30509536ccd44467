import { setTimeout as wait } from "node:timers/promises";
import { Client } from "pg";
import type { Bench, Finding } from "./frame/bench.ts";
import { type Contender, median, medians, range, ratioOf, takeTurns } from "./frame/rounds.ts";
import type { Actor } from "./world/actor.ts";
import { checkpoint, cloneDatabase, type Database, withClient } from "./world/databases.ts";
import { nothingDue, startContender, timed } from "./world/race.ts";
import { checkWork, seedAccount, seedOrders, settle } from "./world/seed.ts";
import { type BenchSupplier, startSupplier } from "./world/supplier.ts";
import type { World } from "./world/world.ts";

const ACCOUNT = "pressure";
const CHUNK = 100_000;

type Shop = { name: string; database: Database; engine: Actor };
type Scale = { count: number; old: number; restMs: number };

/** P12: a big old database with a session that holds everything open; and after a restart. */
export const p12: Bench = {
  id: "P12",
  title: "under pressure",
  async run(world, { rounds, tiny }, tell) {
    const scale: Scale = tiny
      ? { count: 40, old: 500, restMs: 0 }
      : { count: 2_000, old: 1_000_000, restMs: 60_000 };
    const supplier = await startSupplier(world.folder);
    await supplier.behave(ACCOUNT, { orders: "completed" });
    const clean = await openShop(world, supplier, "clean", 0);
    tell(`  loading ${scale.old} finished orders …`);
    const big = await openShop(world, supplier, "pressed", scale.old);
    const idler = await openIdler(big.database.url);
    try {
      const contenders = [clean, big].map((shop) => contender(world, shop, scale.count));
      const series = await takeTurns(contenders, { rounds, tiny }, tell);
      await idler.end();
      await big.engine.stop();
      const finding: Finding = {
        name: `throughput with ${scale.old} finished orders and a session idle in transaction ÷ clean`,
        ...ratioOf(series, "pressed", "clean"),
        target: 0.85,
        bound: "at_least",
        detail: `orders/s: ${medians(series)}`,
      };
      return [finding, await acrossRestart(world, clean, scale, rounds, tell)];
    } finally {
      await idler.end().catch(() => undefined);
      await Promise.all([clean, big].map(({ engine }) => engine.stop()));
      await Promise.all([clean, big].map(({ database }) => database.drop()));
      await supplier.stop();
    }
  },
};

/** A database in use, with an engine at work on it that goes on through everything. */
async function openShop(
  world: World,
  supplier: BenchSupplier,
  name: string,
  old: number,
): Promise<Shop> {
  const database = await cloneDatabase(world);
  await withClient(database.url, async (client) => {
    await seedAccount(client);
    for (let done = 0; done < old; done += CHUNK) {
      const count = Math.min(CHUNK, old - done);
      const facts = { status: "completed", whole: false } as const;
      await seedOrders(client, { ...facts, batch: `old-${done}`, count });
    }
    await settle(client);
  });
  const engine = startContender("engine", world, `p12-${name}`);
  const supplierUrl = supplier.urlOf(ACCOUNT);
  await engine.ask("prepare", { databaseUrl: database.url, supplierUrl, redisUrl: null });
  await engine.ask("start");
  return { name, database, engine };
}

/** Its snapshot keeps every row version from being cleared away. */
async function openIdler(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  await client.query("begin isolation level repeatable read");
  await client.query("select count(*) from orders where next_poll_at is not null");
  return client;
}

let batches = 0;

function contender(world: World, { name, database }: Shop, count: number): Contender {
  return {
    name,
    async once() {
      batches += 1;
      const batch = `${name}-${batches}`;
      await checkpoint(world);
      return withClient(database.url, async (client) => {
        await seedOrders(client, { count, batch, status: "processing" });
        const seconds = await timed(
          () => client.query("select pg_notify('keyhold', 'work')"),
          () => nothingDue(client),
        );
        await checkWork(client, batch, count);
        return count / seconds;
      });
    },
  };
}

async function acrossRestart(
  world: World,
  shop: Shop,
  { count, restMs }: Scale,
  rounds: number,
  tell: (line: string) => void,
): Promise<Finding> {
  const one = contender(world, shop, count);
  const measure = async (when: string): Promise<number[]> => {
    const values: number[] = [];
    for (let round = 1; round <= rounds; round += 1) values.push(await one.once(round));
    tell(`  ${when} the restart: ${range(values)}`);
    return values;
  };
  const before = await measure("before");
  await world.restartPostgres();
  await wait(restMs);
  const after = await measure("after");
  return {
    name: `throughput ${restMs / 1_000} s after a restart of PostgreSQL ÷ before`,
    ratio: median(after) / median(before),
    spread: {
      min: Math.min(...after) / Math.max(...before),
      max: Math.max(...after) / Math.min(...before),
    },
    target: 0.95,
    bound: "at_least",
    detail: `the same worker throughout; orders/s: before ${range(before)}, after ${range(after)}`,
  };
}
