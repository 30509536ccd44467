/** Processes of contenders that take turns at the same due orders. */
import { performance } from "node:perf_hooks";
import { setTimeout as wait } from "node:timers/promises";
import type { Client } from "pg";
import type { Setting } from "../contenders/contender.ts";
import type { Contender } from "../frame/rounds.ts";
import { type Actor, startActor } from "./actor.ts";
import { checkpoint, cloneDatabase, type Database, withClient } from "./databases.ts";
import { bareEnvironment } from "./environment.ts";
import { checkWork, SUPPLIER_ID, seedAccount, seedOrders, settle } from "./seed.ts";
import type { BenchSupplier } from "./supplier.ts";
import type { World } from "./world.ts";

const BATCH = "race";
const LOOK_EVERY_MS = 10;
const PATIENCE_MS = 180_000;
const ACCOUNT = "race";

/** Asked when the race is over, before the contender is stopped. */
type Asking = (actor: Actor) => Promise<void>;

export type Race = {
  contender(name: string, whenOver?: Asking): Contender;
  close(): Promise<void>;
};

/** A race over `count` due orders: each round of each contender has a database of its own, all alike. */
export async function openRace(
  world: World,
  supplier: BenchSupplier,
  count: number,
): Promise<Race> {
  await supplier.behave(ACCOUNT, { orders: "completed" });
  const seeded = await cloneDatabase(world);
  await withClient(seeded.url, async (client) => {
    await seedAccount(client);
    await seedOrders(client, { count, batch: BATCH, status: "processing" });
    await settle(client);
  });
  const actors = new Map<string, Actor>();

  async function actorOf(name: string): Promise<Actor> {
    const actor = actors.get(name) ?? startContender(name, world);
    actors.set(name, actor);
    return actor;
  }

  async function once(name: string, whenOver: Asking | undefined): Promise<number> {
    const actor = await actorOf(name);
    const database = await cloneDatabase(world, seeded.name);
    try {
      return await measure(actor, name, database, whenOver);
    } finally {
      await database.drop();
    }
  }

  async function measure(
    actor: Actor,
    name: string,
    database: Database,
    whenOver: Asking | undefined,
  ): Promise<number> {
    const setting: Setting = {
      databaseUrl: database.url,
      supplierUrl: supplier.urlOf(ACCOUNT),
      redisUrl: world.redisUrl,
    };
    await actor.ask("prepare", setting);
    await checkpoint(world);
    return withClient(database.url, async (client) => {
      const seconds = await timed(() => actor.ask("start"), isOver(client, name, count));
      await whenOver?.(actor);
      await actor.ask("stop");
      if (name !== "bare loop") await checkWork(client, BATCH, count);
      return count / seconds;
    });
  }

  return {
    contender: (name, whenOver) => ({ name, once: () => once(name, whenOver) }),
    async close() {
      await Promise.all([...actors.values()].map((actor) => actor.stop()));
      await seeded.drop();
    },
  };
}

export function startContender(name: string, world: World, label = name): Actor {
  const file = label.replaceAll(/[ +]+/g, "-");
  const args = ["bench/contenders/main.ts", name];
  return startActor(file, args, bareEnvironment(), world.folder);
}

/** From the word to begin until it is over, in seconds; looked for so often that it costs nothing. */
export async function timed(
  begin: () => Promise<unknown>,
  isOver: () => Promise<boolean>,
): Promise<number> {
  const startedAt = performance.now();
  await begin();
  while (!(await isOver())) {
    if (performance.now() - startedAt > PATIENCE_MS) throw new Error("It doesn't come to an end.");
    await wait(LOOK_EVERY_MS);
  }
  return (performance.now() - startedAt) / 1_000;
}

/** By the database alone, whoever works: no order is due any more, or every answer is written. */
function isOver(client: Client, name: string, count: number): () => Promise<boolean> {
  if (name === "bare loop") {
    return async () => {
      const { rows } = await client.query<{ written: number }>(
        "select count(*)::int as written from bare",
      );
      return rows[0]?.written === count;
    };
  }
  return () => nothingDue(client);
}

/** Asked of an index that holds open orders alone, so that it costs the same whatever else is there. */
export async function nothingDue(client: Client): Promise<boolean> {
  await client.query("set enable_seqscan = off");
  const { rows } = await client.query({
    name: "nothing due",
    text: `select 1 from orders
      where supplier_id = $1 and next_poll_at is not null and status not in ('submitting', 'awaiting_payment')
      limit 1`,
    values: [SUPPLIER_ID],
  });
  return rows.length === 0;
}
