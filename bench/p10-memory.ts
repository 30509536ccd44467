import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import type { Bench } from "./frame/bench.ts";
import { median, plain, range } from "./frame/rounds.ts";
import { type Actor, startActor } from "./world/actor.ts";
import { cloneDatabase, withClient } from "./world/databases.ts";
import { bareEnvironment } from "./world/environment.ts";
import { seedAccount, seedOrders } from "./world/seed.ts";
import { startSupplier } from "./world/supplier.ts";
import { startWorker } from "./world/workers.ts";
import type { World } from "./world/world.ts";

const FEW = 1_000;
const CALLS_A_MINUTE = 1_200;
/** A worker is warm by then: code compiled, pools filled. */
const WARM_MS = 20_000;
const LOADED_MS = 30_000;
const MEGABYTE = 1024 * 1024;

type Scale = { many: number; few: number; warmMs: number; loadedMs: number; rounds: number };

/** P10: what a process grows by when 100,000 orders are open instead of 1,000. */
export const p10: Bench = {
  id: "P10",
  title: "memory of 100,000 open orders",
  async run(world, { rounds, tiny }, tell) {
    const scale: Scale = tiny
      ? { many: 200, few: 20, warmMs: 500, loadedMs: 500, rounds: 1 }
      : { many: 100_000, few: FEW, warmMs: WARM_MS, loadedMs: LOADED_MS, rounds };
    const loops: number[] = [];
    for (let round = 1; round <= scale.rounds; round += 1)
      loops.push(await growthOfLoops(world, scale));
    tell(`  in-process loops: ${range(loops)} MB`);
    const workers = await growthOfWorkers(world, scale);
    tell(`  workers: ${range(workers)} MB`);
    // A worker that shrank has not grown.
    const growths = workers.map((growth) => Math.max(0, growth));
    return [
      {
        name: `memory growth for ${scale.many} open orders ÷ as many polling loops`,
        ratio: median(growths) / median(loops),
        spread: {
          min: Math.min(...growths) / Math.max(...loops),
          max: Math.max(...growths) / Math.min(...loops),
        },
        target: 0.1,
        bound: "at_most",
        detail: `resident memory from ${scale.few} to ${scale.many}: worker ${range(workers)} MB, while it makes ${CALLS_A_MINUTE} calls a minute; loops ${range(loops)} MB, while they call nobody (${plain(scale.rounds)} processes each)`,
      },
    ];
  },
};

/** Each in a process of its own; what can be collected is, before it is measured. */
async function growthOfLoops(world: World, scale: Scale): Promise<number> {
  const args = ["--expose-gc", "bench/memory/loops.ts"];
  const actor: Actor = startActor("loops", args, bareEnvironment(), world.folder);
  await actor.ask("begin", scale.few);
  await wait(Math.min(2_000, scale.warmMs));
  const before = await actor.ask<number>("weigh");
  await actor.ask("begin", scale.many - scale.few);
  await wait(Math.min(6_000, scale.loadedMs));
  const after = await actor.ask<number>("weigh");
  await actor.stop();
  return Math.max(after - before, 1_024) / MEGABYTE;
}

/** Several workers beside each other on one database, each weighed by itself. */
async function growthOfWorkers(world: World, scale: Scale): Promise<number[]> {
  const supplier = await startSupplier(world.folder);
  const account = "memory";
  await supplier.behave(account, { orders: "processing" });
  const database = await cloneDatabase(world);
  const facts = { status: "processing", dueWithinSeconds: 60, whole: false } as const;
  await withClient(database.url, async (client) => {
    await seedAccount(client, { callsPerMinute: CALLS_A_MINUTE });
    await seedOrders(client, { ...facts, batch: "few", count: scale.few });
  });
  const workers = await Promise.all(
    Array.from({ length: scale.rounds }, (_, number) =>
      startWorker(world, `p10-${number}`, database.url, supplier.urlOf(account)),
    ),
  );
  await wait(scale.warmMs);
  const before = workers.map(({ pid }) => residentBytes(pid));
  await withClient(database.url, (client) =>
    seedOrders(client, { ...facts, batch: "many", count: scale.many - scale.few }),
  );
  await wait(scale.loadedMs);
  const growths = workers.map(({ pid }, number) => residentBytes(pid) - (before[number] ?? 0));
  await Promise.all(workers.map((worker) => worker.stop()));
  await database.drop();
  await supplier.stop();
  return growths.map((bytes) => bytes / MEGABYTE);
}

function residentBytes(pid: number): number {
  const [, kilobytes] =
    /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  if (!kilobytes) throw new Error(`The memory of process ${pid} can't be read.`);
  return Number(kilobytes) * 1_024;
}
