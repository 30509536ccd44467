import { announce } from "#lib/events/announce.ts";
import { EVENT_VERSION } from "#lib/events/schemas.ts";
import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import { type BalanceLines, judgeBalance } from "./low-policy.ts";
import { tellLines } from "./tell-lines.ts";

type Writer = Pick<Core, "now" | "newId">;
/** Of one currency; amounts are decimal text. */
type Line = BalanceLines & {
  currency: string;
  lowSince: Date | null;
  criticalAt: string | null;
  criticalSince: Date | null;
};
type Held = { currency: string; available: string };

/**
 * Tells of each currency of an account that runs low or out, once, and of its recovery, once. One that the
 * answer leaves out stays as it was. The caller holds the account's row.
 */
export async function watchLines(
  tx: Tx,
  core: Writer,
  account: { id: string; slug: string },
  balances: readonly Held[],
): Promise<void> {
  const lines = await tx.$queryRaw<Line[]>`
    select currency, trim_scale(low_at)::text as "lowAt", trim_scale(ok_at)::text as "okAt", low_since as "lowSince",
      trim_scale(critical_at)::text as "criticalAt", critical_since as "criticalSince"
    from balance_lines where supplier_id = ${account.id}::uuid order by currency`;
  let [fallsLow, fallsCritical] = [false, false];
  for (const line of lines) {
    const held = balances.find(({ currency }) => currency === line.currency);
    if (!held) continue;
    if (await watchLow(tx, core, account, line, held.available)) fallsLow = true;
    if (await watchCritical(tx, core, account.id, line, held.available)) fallsCritical = true;
  }
  await tellLines(tx, core, account.id, balances, { fallsLow, fallsCritical });
}

/** Answers whether it is low from now on. */
async function watchLow(
  tx: Tx,
  core: Writer,
  { id, slug }: { id: string; slug: string },
  { currency, lowAt, okAt, lowSince }: Line,
  available: string,
): Promise<boolean> {
  const now = core.now();
  const verdict = judgeBalance({ lowAt, okAt }, lowSince !== null, available);
  const tell = (type: "balance.low" | "balance.recovered", since: Date) => {
    const data = { supplier: slug, currency, available, lowAt, okAt, since: since.toISOString() };
    const about = { subject: id, orderId: null, isMock: false, productIds: [] };
    return announce(tx, core, [{ type, version: EVENT_VERSION, ...about, data }], now);
  };
  const setSince = (since: Date | null) =>
    tx.balanceLine.updateMany({ where: { supplierId: id, currency }, data: { lowSince: since } });
  switch (verdict) {
    case "is_fine":
    case "stays_low":
      return false;
    case "falls_low":
      await setSince(now);
      await tell("balance.low", now);
      return true;
    case "recovers":
      await setSince(null);
      await tell("balance.recovered", lowSince ?? now);
      return false;
  }
}

/** The second line, below the first, and over with that: it has its alert, and no event of its own. */
async function watchCritical(
  tx: Tx,
  core: Writer,
  supplierId: string,
  { currency, lowAt, criticalAt, criticalSince }: Line,
  available: string,
): Promise<boolean> {
  if (criticalAt === null) return false;
  const lines = { lowAt: criticalAt, okAt: lowAt };
  const verdict = judgeBalance(lines, criticalSince !== null, available);
  if (verdict === "is_fine" || verdict === "stays_low") return false;
  const isCritical = verdict === "falls_low";
  await tx.balanceLine.updateMany({
    where: { supplierId, currency },
    data: { criticalSince: isCritical ? core.now() : null },
  });
  return isCritical;
}
