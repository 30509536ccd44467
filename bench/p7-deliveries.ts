import type { Client } from "pg";
import type { Bench, Finding, Size } from "./frame/bench.ts";
import { type Contender, medians, ratioOf, takeTurns } from "./frame/rounds.ts";
import type { Actor } from "./world/actor.ts";
import { checkpoint, cloneDatabase, type Database, withClient } from "./world/databases.ts";
import { startContender, timed } from "./world/race.ts";
import { type BenchReceiver, startReceiver } from "./world/receiver.ts";
import { seedAccount, settle } from "./world/seed.ts";
import { seedEndpoints, seedEvents } from "./world/seed-deliveries.ts";
import { startSupplier } from "./world/supplier.ts";
import type { World } from "./world/world.ts";

const RAW = "raw posts";
const BOSS = "pg-boss deliveries";
/** What an endpoint usually may have under way. */
const USUAL_AT_ONCE = 8;
const OTHERS = Array.from({ length: 9 }, (_, number) => `other-${number}`);

type Ground = { world: World; receiver: BenchReceiver; supplierUrl: string };

/** P7: signed, guarded, recorded webhooks a second; and what a dead endpoint costs nine others. */
export const p7: Bench = {
  id: "P7",
  title: "webhook deliveries a second",
  async run(world, size, tell) {
    const supplier = await startSupplier(world.folder);
    const receiver = await startReceiver(world.folder);
    const ground = { world, receiver, supplierUrl: supplier.urlOf("deliveries") };
    try {
      return [
        ...(await oneEndpoint(ground, size.tiny ? 60 : 10_000, size, tell)),
        await deadEndpoint(ground, size.tiny ? 20 : 500, size, tell),
      ];
    } finally {
      await receiver.stop();
      await supplier.stop();
    }
  },
};

async function oneEndpoint(
  ground: Ground,
  count: number,
  size: Size,
  tell: (line: string) => void,
): Promise<Finding[]> {
  const seeded = await seed(ground, ["only"], count);
  const race = openTurns(ground, seeded, ["only"], count);
  try {
    const contenders = ["engine", RAW, BOSS].map((name) => race.contender(name, name));
    const series = await takeTurns(contenders, size, tell);
    const detail = `deliveries/s: ${medians(series)}`;
    return [
      {
        name: "deliveries a second ÷ a raw loop of POST",
        ...ratioOf(series, "engine", RAW),
        target: 0.35,
        bound: "at_least",
        detail,
      },
      {
        name: "deliveries a second ÷ a pg-boss worker that does the same",
        ...ratioOf(series, "engine", BOSS),
        target: 2,
        bound: "at_least",
        detail,
      },
    ];
  } finally {
    await race.close();
    await seeded.drop();
  }
}

async function deadEndpoint(
  ground: Ground,
  each: number,
  size: Size,
  tell: (line: string) => void,
): Promise<Finding> {
  const [without, beside] = [
    await seed(ground, OTHERS, each, USUAL_AT_ONCE),
    await seed(ground, ["dead", ...OTHERS], each, USUAL_AT_ONCE),
  ];
  const races = [without, beside].map((seeded) => openTurns(ground, seeded, OTHERS, each));
  const names = ["nine alone", "beside a dead one"];
  try {
    const contenders = races.map((race, place) => race.contender("engine", names[place] ?? ""));
    const series = await takeTurns(contenders, size, tell);
    return {
      name: "deliveries a second to nine endpoints beside one that never answers ÷ without it",
      ...ratioOf(series, "beside a dead one", "nine alone"),
      target: 0.95,
      bound: "at_least",
      detail: `deliveries/s: ${medians(series)}`,
    };
  } finally {
    for (const race of races) await race.close();
    await Promise.all([without.drop(), beside.drop()]);
  }
}

/** A database with an endpoint of each name, and as many events for all of them. */
async function seed(
  { world, receiver, supplierUrl }: Ground,
  names: string[],
  events: number,
  sendsAtOnce?: number,
): Promise<Database> {
  const seeded = await cloneDatabase(world);
  await withClient(seeded.url, (client) => seedAccount(client));
  const urls = Object.fromEntries(names.map((name) => [name, receiver.urlOf(name)]));
  await seedEndpoints(seeded.url, supplierUrl, urls, sendsAtOnce);
  await withClient(seeded.url, async (client) => {
    await seedEvents(client, events);
    await settle(client);
  });
  return seeded;
}

/** Contenders that take turns at copies of one database, until each of `names` has got all its events. */
function openTurns(
  { world, receiver, supplierUrl }: Ground,
  seeded: Database,
  names: string[],
  each: number,
): { contender(name: string, label: string): Contender; close(): Promise<void> } {
  const actors = new Map<string, Actor>();

  async function once(name: string, label: string): Promise<number> {
    const actor = actors.get(label) ?? startContender(name, world, label);
    actors.set(label, actor);
    const database = await cloneDatabase(world, seeded.name);
    try {
      await receiver.forget();
      await actor.ask("prepare", { databaseUrl: database.url, supplierUrl, redisUrl: null });
      await checkpoint(world);
      return await withClient(database.url, async (client) => {
        const isOver =
          name === RAW ? () => haveCome(receiver, names, each) : () => nonePending(client, names);
        const seconds = await timed(() => actor.ask("start"), isOver);
        await receiver.hangUp();
        await actor.ask("stop");
        return (names.length * each) / seconds;
      });
    } finally {
      await database.drop();
    }
  }

  return {
    contender: (name, label) => ({ name: label, once: () => once(name, label) }),
    async close() {
      await Promise.all([...actors.values()].map((actor) => actor.stop()));
    },
  };
}

async function haveCome(receiver: BenchReceiver, names: string[], each: number): Promise<boolean> {
  const so = await receiver.taken();
  return names.every((name) => (so[name] ?? 0) >= each);
}

/** Asked of the index that holds pending deliveries alone, so that it costs the same until the end. */
async function nonePending(client: Client, names: string[]): Promise<boolean> {
  await client.query("set enable_seqscan = off");
  const { rows } = await client.query({
    name: "none pending",
    text: `select 1 from deliveries d join endpoints e on e.id = d.endpoint_id
      where d.state = 'pending' and e.name = any($1) limit 1`,
    values: [names],
  });
  return rows.length === 0;
}
