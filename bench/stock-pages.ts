import { performance } from "node:perf_hooks";
import { Pool } from "pg";
import { holdChainKeys } from "#lib/audit/chain-keys.ts";
import { systemCore } from "#lib/platform/core.ts";
import { openDb } from "#lib/platform/db.ts";
import { createLog } from "#lib/platform/log.ts";
import { stream } from "../harness/simulate/chance.ts";
import type { Bench, Finding, Size } from "./frame/bench.ts";
import { type Contender, median, plain, ratioOf, takeTurns } from "./frame/rounds.ts";
import { type Reads, readsOf, type Sample } from "./stock/reads.ts";
import { BENCH_CHAIN_KEYS } from "./world/chain-keys.ts";
import { checkpoint, cloneDatabase, withClient } from "./world/databases.ts";
import { seedAccount, settle } from "./world/seed.ts";
import { codeOf, indexOf, seedStock } from "./world/seed-stock.ts";

const OURS = "Keyhold";
const THEIRS = "by hand";

type Scale = { codes: number; reads: number; samples: number };

/** STOCK: the inventory page's reads on a million codes, each against the SQL for it. */
export const stockPages: Bench = {
  id: "STOCK",
  title: "the inventory page on a million codes",
  async run(world, { rounds, tiny }, tell) {
    const scale: Scale = tiny
      ? { codes: 2_000, reads: 2, samples: 4 }
      : { codes: 1_000_000, reads: 100, samples: 400 };
    const database = await cloneDatabase(world);
    const db = openDb(database.url);
    // Whoever looks a code up is noted.
    holdChainKeys(db, BENCH_CHAIN_KEYS);
    const pool = new Pool({ connectionString: database.url, max: 12 });
    try {
      tell(`  loading ${scale.codes} codes …`);
      const samples = await withClient(database.url, async (client) => {
        await seedAccount(client);
        await seedStock(client, scale.codes);
        await settle(client);
        const { rows } = await client.query<Sample>(
          `select number, c.id, c.stock_product_id as "productId"
           from unnest($1::int[], $2::text[]) drawn(number, index) join codes c on c.blind_index = drawn.index
           where not c.is_mock`,
          drawn(scale),
        );
        return rows;
      });
      await checkpoint(world);
      const findings: Finding[] = [];
      for (const reads of readsOf(systemCore(db, createLog("error", [])), pool)) {
        await compare(reads, samples);
        findings.push(await measure(reads, samples, scale, { rounds, tiny }, tell));
      }
      return findings;
    } finally {
      await db.$disconnect();
      await pool.end();
      await database.drop();
    }
  },
};

/** Codes from all over the inventory: their numbers, and what they are found by. */
function drawn({ codes, samples }: Scale): [number[], string[]] {
  const chance = stream(1, "stock");
  const numbers = Array.from({ length: samples }, () => 1 + Math.floor(chance() * codes));
  return [numbers, numbers.map((number) => indexOf(codeOf(number)))];
}

/** Other answers can't be compared, nor none; this also plans the statements. */
async function compare({ name, ours, byHand }: Reads, samples: Sample[]): Promise<void> {
  let found = 0;
  for (const sample of samples.slice(0, 10)) {
    const [our, their] = [await ours(sample), await byHand(sample)];
    if (our.join() !== their.join()) {
      throw new Error(`${name}, code ${sample.number}: ${our.length} rows and ${their.length}.`);
    }
    found += our.length;
  }
  if (found === 0) throw new Error(`${name} finds nothing.`);
}

async function measure(
  reads: Reads,
  samples: Sample[],
  scale: Scale,
  size: Size,
  tell: (line: string) => void,
): Promise<Finding> {
  const contender = (name: string, read: Reads["ours"]): Contender => ({
    name,
    async once(round) {
      const startedAt = performance.now();
      for (let at = 0; at < scale.reads; at += 1) {
        const sample = samples[(round * scale.reads + at) % samples.length];
        if (sample) await read(sample);
      }
      return (performance.now() - startedAt) / scale.reads;
    },
  });
  const contenders = [contender(OURS, reads.ours), contender(THEIRS, reads.byHand)];
  const series = await takeTurns(contenders, size, () => undefined);
  const ms = (name: string) => `${plain(median(series.get(name) ?? []))} ms`;
  const ratio = ratioOf(series, OURS, THEIRS);
  tell(`  ${reads.name}: ${plain(ratio.ratio)}; ${OURS} ${ms(OURS)}, ${THEIRS} ${ms(THEIRS)}`);
  return {
    name: `codes ${reads.name} ÷ SQL by hand, prepared`,
    ...ratio,
    target: 10,
    bound: "at_most",
    detail: `${OURS} ${ms(OURS)}, ${THEIRS} ${ms(THEIRS)}`,
  };
}
