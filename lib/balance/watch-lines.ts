import { announce } from "#lib/events/announce.ts";
import { EVENT_VERSION } from "#lib/events/schemas.ts";
import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import { clearSystemSignal, openSystemSignal } from "#lib/signals/system-signals.ts";
import { judgeBalance } from "./low-policy.ts";

/** An account as its locked row has it. */
export type WatchedAccount = {
  id: string;
  slug: string;
  currency: string;
  /** Decimal text; both or none. */
  lowAt: string | null;
  okAt: string | null;
  lowSince: Date | null;
  /** Decimal text; below `lowAt`. Not critical any more with `lowAt`. */
  criticalAt: string | null;
  criticalSince: Date | null;
};

/** Tells of an account that runs low or out, once, and of its recovery, once. The caller holds its row's lock. */
export async function watchLines(
  tx: Tx,
  core: Pick<Core, "now" | "newId">,
  account: WatchedAccount,
  available: string,
): Promise<void> {
  await watchLow(tx, core, account, available);
  await watchCritical(tx, core, account, available);
}

async function watchLow(
  tx: Tx,
  core: Pick<Core, "now" | "newId">,
  { id, slug, currency, lowAt, okAt, lowSince }: WatchedAccount,
  available: string,
): Promise<void> {
  const now = core.now();
  const lines = lowAt === null || okAt === null ? null : { lowAt, okAt };
  const verdict = judgeBalance(lines, lowSince !== null, available);
  const tell = (type: "balance.low" | "balance.recovered", since: Date) => {
    const data = { supplier: slug, currency, available, ...lines, since: since.toISOString() };
    const about = { subject: id, orderId: null, isMock: false, productIds: [] };
    return announce(tx, core, [{ type, version: EVENT_VERSION, ...about, data }], now);
  };
  const open = () =>
    openSystemSignal(tx, core, "balance_low", id, { currency, available, ...lines });
  const setSince = (balanceLowSince: Date | null) =>
    tx.supplier.update({ where: { id }, data: { balanceLowSince }, select: { id: true } });
  const forget = async () => {
    await setSince(null);
    await clearSystemSignal(tx, core, "balance_low", id);
  };
  switch (verdict) {
    case "is_fine":
      return;
    case "stays_low":
      await open();
      return;
    case "falls_low":
      await setSince(now);
      await tell("balance.low", now);
      await open();
      return;
    case "recovers":
      await tell("balance.recovered", lowSince ?? now);
      await forget();
      return;
    case "is_forgotten":
      await forget();
  }
}

/** The second line, below the first, and over with that: it has its alert, and no event of its own. */
async function watchCritical(
  tx: Tx,
  core: Pick<Core, "now" | "newId">,
  { id, currency, lowAt, criticalAt, criticalSince }: WatchedAccount,
  available: string,
): Promise<void> {
  const lines = lowAt === null || criticalAt === null ? null : { lowAt: criticalAt, okAt: lowAt };
  const open = () => {
    const data = { currency, available, lowAt, criticalAt };
    return openSystemSignal(tx, core, "balance_critical", id, data);
  };
  const setSince = (balanceCriticalSince: Date | null) =>
    tx.supplier.update({ where: { id }, data: { balanceCriticalSince }, select: { id: true } });
  switch (judgeBalance(lines, criticalSince !== null, available)) {
    case "is_fine":
      return;
    case "stays_low":
      await open();
      return;
    case "falls_low":
      await setSince(core.now());
      await open();
      return;
    case "recovers":
    case "is_forgotten":
      await setSince(null);
      await clearSystemSignal(tx, core, "balance_critical", id);
  }
}
