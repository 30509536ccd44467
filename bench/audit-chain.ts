import { performance } from "node:perf_hooks";
import { actorColumns } from "#lib/access/actor.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import { holdChainKeys } from "#lib/audit/chain-keys.ts";
import { verifyAuditChain } from "#lib/audit/verify-audit-chain.ts";
import { systemCore } from "#lib/platform/core.ts";
import { openDb, type Tx } from "#lib/platform/db.ts";
import { createLog } from "#lib/platform/log.ts";
import type { Bench } from "./frame/bench.ts";
import { type Contender, medians, ratioOf, takeTurns } from "./frame/rounds.ts";
import { BENCH_CHAIN_KEYS } from "./world/chain-keys.ts";
import { cloneDatabase } from "./world/databases.ts";

const CHAINED = "chained";
const BARE = "unchained";
const AT_ONCE = 50;
/** Where starting one waits for the machine, waiting is no failure. */
const UNHURRIED = { maxWait: 60_000, timeout: 60_000 };

const JOB = { kind: "job", name: "bench" } as const;
const ABOUT = {
  action: "order.placed-over-balance",
  objectKind: "order",
  reason: "asked",
} as const;
const FROM = { address: "203.0.113.7", correlationId: "c1" };

/** AUDIT: short acts, fifty at once, each with an entry in the chain, against the same with a bare row. */
export const auditChain: Bench = {
  id: "AUDIT",
  title: "acts that are audited, fifty at once",
  async run(world, { rounds, tiny }, tell) {
    const acts = tiny ? 20 : 1_000;
    const database = await cloneDatabase(world);
    const db = openDb(database.url);
    holdChainKeys(db, BENCH_CHAIN_KEYS);
    const core = systemCore(db, createLog("error", []));

    const contender = (
      name: string,
      note: (tx: Tx, id: string) => Promise<unknown>,
    ): Contender => ({
      name,
      async once() {
        let left = acts;
        const startedAt = performance.now();
        await Promise.all(
          Array.from({ length: AT_ONCE }, async () => {
            while (left-- > 0) {
              const id = core.newId();
              await db.$transaction(async (tx) => {
                await act(tx, id, core.now());
                await note(tx, id);
              }, UNHURRIED);
            }
          }),
        );
        return (acts / (performance.now() - startedAt)) * 1_000;
      },
    });

    try {
      const contenders = [
        contender(CHAINED, (tx, objectId) =>
          appendAuditEntry(tx, core, JOB, { ...ABOUT, objectId, ...FROM }),
        ),
        contender(BARE, (tx, objectId) =>
          tx.auditEntry.create({
            data: { ...actorColumns(JOB), at: core.now(), ...ABOUT, objectId, ...FROM },
          }),
        ),
      ];
      const series = await takeTurns(contenders, { rounds, tiny }, tell);
      await db.$executeRaw`alter table audit_entries disable trigger audit_append_only`;
      await db.auditEntry.deleteMany({ where: { hash: null } });
      const startedAt = performance.now();
      const { ok, verified } = await verifyAuditChain(core);
      if (!ok) throw new Error("The chain is broken.");
      const rate = Math.round((verified / (performance.now() - startedAt)) * 1_000);
      return [
        {
          name: "audited acts a second, chained ÷ a bare row",
          ...ratioOf(series, CHAINED, BARE),
          target: 0.3,
          bound: "at_least",
          detail: `acts/s: ${medians(series)}; verified ${rate} entries/s`,
        },
      ];
    } finally {
      await db.$disconnect();
      await database.drop();
    }
  },
};

/** Three statements, as many as a short verb has. */
async function act(tx: Tx, id: string, now: Date): Promise<void> {
  const key = `act ${id}`;
  await tx.signInBucket.findUnique({ where: { key } });
  await tx.signInBucket.create({ data: { key, count: 1, startedAt: now } });
  await tx.signInBucket.update({ where: { key }, data: { count: 2 } });
}
