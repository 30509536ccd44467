import type { Client } from "pg";
import type { Bench, Finding, Size } from "./frame/bench.ts";
import { type Contender, medians, ratioOf, takeTurns } from "./frame/rounds.ts";
import { messagesOf } from "./inbound/messages.ts";
import { type Actor, startActor } from "./world/actor.ts";
import { checkpoint, cloneDatabase, type Database, withClient } from "./world/databases.ts";
import { bareEnvironment } from "./world/environment.ts";
import { timed } from "./world/race.ts";
import { seedAccount, seedOrders, settle } from "./world/seed.ts";
import { type Message, send } from "./world/send.ts";
import type { World } from "./world/world.ts";

/** Connections of a supplier that is busy, and of one that sends all that it has held back. */
const USUAL_AT_ONCE = 32;
const BURST_AT_ONCE = 256;

type Seeded = { database: Database; messages: Message[] };

/** Messages of suppliers: how many are taken a second, and what becomes of a burst of them. */
export const inbound: Bench = {
  id: "INBOUND",
  title: "messages of suppliers taken a second",
  async run(world, size, tell) {
    return [
      await rate(world, size.tiny ? 60 : 2_500, size, tell),
      ...(await burst(world, size.tiny ? 20 : 1_250, tell)),
    ];
  },
};

async function rate(
  world: World,
  orders: number,
  size: Size,
  tell: (line: string) => void,
): Promise<Finding> {
  const { database, messages } = await seed(world, orders);
  const actors = new Map<string, Actor>();
  const contender = (name: "route" | "bare"): Contender => ({
    name,
    async once() {
      const actor = actors.get(name) ?? startReceiving(world, name);
      actors.set(name, actor);
      const copy = await cloneDatabase(world, database.name);
      const url = await actor.ask<string>("prepare", { role: name, databaseUrl: copy.url });
      await checkpoint(world);
      const { seconds } = await send(url, messages, USUAL_AT_ONCE);
      await actor.ask("stop");
      await copy.drop();
      return messages.length / seconds;
    },
  });
  try {
    const series = await takeTurns([contender("route"), contender("bare")], size, tell);
    return {
      name: "messages taken a second ÷ a bare node:http handler that verifies and inserts",
      ...ratioOf(series, "route", "bare"),
      target: 0.3,
      bound: "at_least",
      detail: `messages/s: ${medians(series)}`,
    };
  } finally {
    await Promise.all([...actors.values()].map((actor) => actor.stop()));
    await database.drop();
  }
}

/** Each is told twice, in any order, while a worker does what they say. */
async function burst(
  world: World,
  orders: number,
  tell: (line: string) => void,
): Promise<Finding[]> {
  const { database, messages } = await seed(world, orders);
  const [receiver, worker] = [startReceiving(world, "route"), startReceiving(world, "worker")];
  try {
    const { url: databaseUrl } = database;
    const url = await receiver.ask<string>("prepare", { role: "route", databaseUrl });
    await worker.ask("prepare", { role: "worker", databaseUrl });
    const all = shuffled([...messages, ...messages]);
    const { answersMs, seconds } = await send(url, all, BURST_AT_ONCE);
    const drained = await withClient(databaseUrl, async (client) => {
      const waited = await timed(
        async () => undefined,
        () => isDrained(client),
      );
      return { waited, ...(await whatIsThere(client)) };
    });
    tell(
      `  ${all.length} messages in ${seconds.toFixed(1)} s, worked on ${drained.waited.toFixed(1)} s later`,
    );
    const isRight =
      drained.messages === messages.length &&
      drained.repeats === messages.length &&
      drained.completed === orders &&
      drained.codes === orders;
    const one = { spread: null, bound: "at_most" } as const;
    return [
      {
        ...{ name: `a burst of ${all.length}: seconds of the slowest answer`, target: 3, ...one },
        ratio: secondsAt(answersMs, 1),
        detail: `${BURST_AT_ONCE} connections, each message twice and in any order, while a worker drains; half within ${secondsAt(answersMs, 0.5).toFixed(2)} s, 99 % within ${secondsAt(answersMs, 0.99).toFixed(2)} s`,
      },
      {
        ...{
          name: "messages stored other than once, orders without their code",
          target: 0,
          ...one,
        },
        ratio: isRight ? 0 : 1,
        detail: `${drained.messages} stored, ${drained.repeats} known; ${drained.codes} codes of ${orders} orders`,
      },
    ];
  } finally {
    for (const actor of [receiver, worker]) {
      await actor.ask("stop").catch(() => undefined);
      await actor.stop();
    }
    await database.drop();
  }
}

/** Of sorted milliseconds. */
const secondsAt = (sortedMs: readonly number[], share: number): number =>
  (sortedMs[Math.ceil(sortedMs.length * share) - 1] ?? 0) / 1_000;

const startReceiving = (world: World, name: string): Actor =>
  startActor(`inbound-${name}`, ["bench/inbound/main.ts"], bareEnvironment(), world.folder);

async function seed(world: World, orders: number): Promise<Seeded> {
  const database = await cloneDatabase(world);
  const messages = await withClient(database.url, async (client) => {
    await seedAccount(client);
    await seedOrders(client, { count: orders, batch: "inbound", status: "processing" });
    await settle(client);
    const { rows } = await client.query<{ id: string }>("select id::text from orders order by id");
    return messagesOf(rows.map(({ id }) => id));
  });
  return { database, messages };
}

async function isDrained(client: Client): Promise<boolean> {
  const { rows } = await client.query(
    "select 1 from inbox_messages where next_at is not null limit 1",
  );
  return rows.length === 0;
}

async function whatIsThere(client: Client) {
  const { rows } = await client.query<
    Record<"messages" | "repeats" | "completed" | "codes", number>
  >(
    `select (select count(*)::int from inbox_messages where state = 'done') as messages,
       (select sum(repeats)::int from inbox_messages) as repeats,
       (select count(*)::int from orders where status = 'completed') as completed,
       (select count(*)::int from codes) as codes`,
  );
  return rows[0] ?? { messages: 0, repeats: 0, completed: 0, codes: 0 };
}

/** The same at every run. */
function shuffled<T>(all: T[]): T[] {
  let state = 0x2545f491;
  const keyed = all.map((one) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return { one, key: state >>> 0 };
  });
  return keyed.sort((left, right) => left.key - right.key).map(({ one }) => one);
}
