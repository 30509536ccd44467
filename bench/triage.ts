import { performance } from "node:perf_hooks";
import { catchUp } from "#lib/alerts/catch-up.ts";
import { systemCore } from "#lib/platform/core.ts";
import { openDb } from "#lib/platform/db.ts";
import { createLog } from "#lib/platform/log.ts";
import { createAccounts } from "#lib/suppliers/account.ts";
import type { Bench, Finding } from "./frame/bench.ts";
import { median, plain } from "./frame/rounds.ts";
import { type Read, readsOf, type Sample } from "./triage/reads.ts";
import { checkpoint, cloneDatabase, withClient } from "./world/databases.ts";
import { seedAccount, settle } from "./world/seed.ts";
import { seedTriage } from "./world/seed-triage.ts";

/** What a page may take on the server, for 95 of 100 reads. */
const TARGET_MS = 100;
const SAMPLES = 500;

/** TRIAGE: the overview's and the queue's reads with a million orders and 100,000 alerts. */
export const triage: Bench = {
  id: "TRIAGE",
  title: "overview and alerts on a million orders",
  async run(world, { rounds, tiny }, tell) {
    const scale = tiny ? { orders: 4_000, alerts: 400 } : { orders: 1_000_000, alerts: 100_000 };
    const reads = tiny ? 2 : 60;
    const database = await cloneDatabase(world);
    const db = openDb(database.url);
    try {
      tell(`  loading ${scale.orders} orders and ${scale.alerts} alerts …`);
      const samples = await withClient(database.url, async (client) => {
        await seedAccount(client);
        await seedTriage(client, scale);
        await settle(client);
        const { rows } = await client.query<Sample>(
          `select a.id::text, coalesce(o.supplier_order_id, o.id::text) as "supplierOrderId"
           from alerts a join orders o on o.id = a.order_id order by md5(a.id::text) limit ${SAMPLES}`,
        );
        return rows;
      });
      await checkpoint(world);
      const core = {
        ...systemCore(db, createLog("error", [])),
        suppliers: createAccounts([]),
      };
      // What an engine would have judged and raised by now.
      await catchUp(core);
      const findings: Finding[] = [];
      for (const read of await readsOf(core)) {
        findings.push(await measure(read, samples, rounds * reads, tell));
      }
      return findings;
    } finally {
      await db.$disconnect();
      await database.drop();
    }
  },
};

async function measure(
  { name, once }: Read,
  samples: readonly Sample[],
  times: number,
  tell: (line: string) => void,
): Promise<Finding> {
  const took: number[] = [];
  let found = 0;
  // The first one plans its statements, and doesn't count.
  for (let at = 0; at <= times; at += 1) {
    const sample = samples[at % samples.length];
    if (!sample) throw new Error("There are no alerts.");
    const startedAt = performance.now();
    found += await once(sample);
    if (at > 0) took.push(performance.now() - startedAt);
  }
  if (found === 0) throw new Error(`${name} finds nothing.`);
  const p95 = took.toSorted((left, right) => left - right)[Math.ceil(0.95 * took.length) - 1] ?? 0;
  const detail = `p50 ${plain(median(took))} ms, p95 ${plain(p95)} ms, longest ${plain(Math.max(...took))} ms of ${took.length}`;
  tell(`  ${name}: ${detail}`);
  return {
    name: `${name}: p95 ÷ ${TARGET_MS} ms`,
    ratio: p95 / TARGET_MS,
    spread: null,
    target: 1,
    bound: "at_most",
    detail,
  };
}
