import { type Actor, requirePermission } from "#lib/access/actor.ts";
import type { Core } from "#lib/platform/core.ts";
import { SAMPLE_EVERY_MS } from "./sample-schedule.ts";
import type { BalancePage, BalanceView } from "./types.ts";

const HISTORY = 20;
const STALE_AFTER_MS = 3 * SAMPLE_EVERY_MS;

/** The newest sample of each currency. */
export async function readBalances(core: Core, actor: Actor): Promise<BalanceView[]> {
  requirePermission(actor, "balance.read");
  const samples = await core.db.balanceSample.findMany({
    distinct: ["supplierId", "currency"],
    orderBy: [{ supplierId: "asc" }, { currency: "asc" }, { sampledAt: "desc" }],
    include: { supplier: { select: { name: true } } },
  });
  const now = core.now().getTime();
  return samples.map((sample) => ({
    supplierName: sample.supplier.name,
    currency: sample.currency,
    available: sample.available.toFixed(),
    reserved: sample.reserved.toFixed(),
    pending: sample.pending.toFixed(),
    sampledAt: sample.sampledAt.toISOString(),
    stale: now - sample.sampledAt.getTime() > STALE_AFTER_MS,
  }));
}

/** Current amounts and the latest changes, newest first. */
export async function readBalancePage(core: Core, actor: Actor): Promise<BalancePage> {
  const current = await readBalances(core, actor);
  const history = await core.db.balanceSample.findMany({ orderBy: { id: "desc" }, take: HISTORY });
  return {
    current,
    history: history.map(({ currency, available, sampledAt }) => ({
      currency,
      available: available.toFixed(),
      sampledAt: sampledAt.toISOString(),
    })),
    readAt: core.now().toISOString(),
  };
}
