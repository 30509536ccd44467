import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import type { Client } from "pg";
import { OWN_REQUEST } from "#lib/audit/request-facts.ts";
import { placeOrder } from "#lib/orders/place-order.ts";
import type { Bench } from "./frame/bench.ts";
import { median, plain } from "./frame/rounds.ts";
import { cloneDatabase, withClient } from "./world/databases.ts";
import { type Keyhold, openKeyhold } from "./world/keyhold.ts";
import { SUPPLIER_ID } from "./world/seed.ts";
import { type Crowd, seedCrowd, seedLimitedAccount } from "./world/seed-open.ts";
import { startTimedSupplier } from "./world/timed-supplier.ts";
import { waitUntil } from "./world/wait-until.ts";
import { startWorker } from "./world/workers.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const CALLS_A_MINUTE = 1_000;
/** What the schedule asks for at these ages. */
const CROWDS: readonly Crowd[] = [
  { count: 500, minAgeMs: 5 * SECOND, maxAgeMs: 8 * MINUTE, everyMs: 15 * SECOND },
  { count: 5_000, minAgeMs: 11 * MINUTE, maxAgeMs: 55 * MINUTE, everyMs: 5 * MINUTE },
  { count: 24_500, minAgeMs: HOUR, maxAgeMs: 23 * HOUR, everyMs: 15 * MINUTE },
  { count: 70_000, minAgeMs: 25 * HOUR, maxAgeMs: 500 * HOUR, everyMs: HOUR },
];
const SETTLE_MS = MINUTE;
const MEASURED_MS = 5 * MINUTE;
const PLACE_EVERY_MS = 10 * SECOND;

/**
 * CROWD: 100,000 open orders, two workers, 1,000 calls a minute; an order is placed every ten seconds.
 * None may wait for more than twice what its schedule and the congestion make of it, and what is placed
 * goes out at once.
 */
export const crowd: Bench = {
  id: "CROWD",
  title: "100,000 open orders, 1,000 calls a minute",
  async run(world, { tiny }, tell) {
    const supplier = await startTimedSupplier(world.folder);
    const database = await cloneDatabase(world);
    const crowds = tiny ? CROWDS.map((one) => ({ ...one, count: one.count / 500 })) : CROWDS;
    const asked = crowds.reduce((sum, { count, everyMs }) => sum + (count * MINUTE) / everyMs, 0);
    const measuredMs = tiny ? 2 * SECOND : MEASURED_MS;
    const placeEveryMs = tiny ? SECOND : PLACE_EVERY_MS;
    try {
      return await withClient(database.url, async (client) => {
        await seedLimitedAccount(client, CALLS_A_MINUTE);
        const productId = await seedProduct(client);
        const congestion = Math.max(1, asked / CALLS_A_MINUTE);
        const seeded = await seedCrowd(client, crowds, congestion);
        await client.query("vacuum analyze");
        const now = Date.now();
        await supplier.fill(
          seeded.map(({ id, ageMs }) => ({ id, createdAt: now - ageMs, completesAt: now + HOUR })),
        );
        const workers = await Promise.all(
          [1, 2].map((number) => startWorker(world, `crowd-${number}`, database.url, supplier.url)),
        );
        const keyhold = await openKeyhold(database.url, supplier.url);
        await waitUntil("there is a plan", async () => Number.isFinite(await longestWait(client)));
        await wait(tiny ? SECOND : SETTLE_MS);
        await supplier.asked();
        const weighed = workers.map(({ pid }) => residentMb(pid));
        const placedAt: number[] = [];
        const waits: number[] = [];
        const until = Date.now() + measuredMs;
        while (Date.now() < until) {
          placedAt.push(Date.now());
          await place(keyhold, productId, placedAt.length);
          await wait(placeEveryMs);
          waits.push(await longestWait(client));
        }
        const calls = await supplier.asked();
        // On a slow machine the last is still on its way.
        await waitUntil("all have been sent", async () => {
          calls.createdAt.push(...(await supplier.asked()).createdAt);
          return calls.createdAt.length >= placedAt.length;
        });
        const grown = workers.map(({ pid }, at) => residentMb(pid) - (weighed[at] ?? 0));
        await Promise.all(workers.map((worker) => worker.stop()));
        await keyhold.close();
        const outAfter = placedAt.map(
          (at, number) => ((calls.createdAt[number] ?? Number.NaN) - at) / SECOND,
        );
        const perMinute = (number: number) => plain((number * MINUTE) / measuredMs);
        const detail = `${plain(asked)} looks a minute would be due; a minute ${perMinute(calls.reads)} single reads, ${perMinute(calls.pages)} pages, ${perMinute(calls.others)} others`;
        tell(`  ${detail}`);
        return [
          {
            name: "longest wait ÷ (its schedule × congestion)",
            ratio: Math.max(...waits),
            target: 2,
            bound: "at_most" as const,
            spread: null,
            detail,
          },
          {
            name: "seconds from placing to the supplier's create, slowest",
            ratio: Math.max(...outAfter),
            target: 2,
            bound: "at_most" as const,
            spread: null,
            detail: `${outAfter.length} orders, median ${plain(median(outAfter))} s`,
          },
          {
            name: "growth of a worker's memory, MB",
            ratio: Math.max(...grown),
            target: 32,
            bound: "at_most" as const,
            spread: null,
            detail: `resident, over ${measuredMs / SECOND} s; ${weighed.map(plain).join(" and ")} MB before`,
          },
        ];
      });
    } finally {
      await database.drop();
      await supplier.stop();
    }
  },
};

async function place(keyhold: Keyhold, productId: string, number: number): Promise<void> {
  const reference = `bench-crowd-${number}`;
  const wish = {
    clientRef: reference,
    lines: [{ productId, quantity: 1, note: {} }],
    customerRef: reference,
    isMock: false,
    agreedTotal: "4.75",
  };
  const request = { ...OWN_REQUEST, correlationId: reference };
  const result = await placeOrder(keyhold, { kind: "job", name: "bench" }, wish, request);
  if (result.kind !== "placed") throw new Error(`Not placed: ${JSON.stringify(result)}`);
}

async function seedProduct(client: Client): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    `insert into products (id, supplier_id, external_id, name, price, currency, seen_at)
     values (gen_random_uuid(), $1, 'product_bench', 'Gift card 5 USD', 4.75, 'USD', now()) returning id`,
    [SUPPLIER_ID],
  );
  return rows[0]?.id ?? "";
}

/** Of any order that is looked at, as a share of what its schedule and the congestion of the plan ask for. */
async function longestWait(client: Client): Promise<number> {
  const { rows } = await client.query<{ share: number }>(
    `select max(extract(epoch from now() - greatest(o.last_looked_at, o.paid_at)) * 1000
         / (o.poll_every_ms * p.congestion))::float8 as share
     from orders o join polling_plans p on p.supplier_id = o.supplier_id
     where o.next_poll_at is not null and o.status in ('paid', 'processing') and o.poll_every_ms is not null`,
  );
  return rows[0]?.share ?? Number.NaN;
}

const residentMb = (pid: number): number => {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kilobytes) / 1_024;
};
