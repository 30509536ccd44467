import { type Actor, can } from "#lib/access/actor.ts";
import { readSpendable } from "#lib/balance/committed.ts";
import { BLOCKS_FOR_MS } from "#lib/balance/sample-schedule.ts";
import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import { compareAmounts, subtract } from "#lib/platform/money.ts";
import type { Shortfall } from "./new-order.ts";

/**
 * How much is lacking for an order of this total beside all others that aren't paid yet; null where it
 * reaches, or where nobody knows what there is. Orders of one account and currency take turns from here to
 * the end of the transaction, so that two don't spend the same money.
 */
export async function findShortfall(
  tx: Tx,
  core: Pick<Core, "now">,
  actor: Actor,
  { supplierId, currency }: { supplierId: string; currency: string },
  total: string,
): Promise<Shortfall | null> {
  const name = `balance ${supplierId} ${currency}`;
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
  const spendable = await readSpendable(tx, supplierId, currency);
  if (!spendable) return null;
  const { available, committed, sampledAt } = spendable;
  if (core.now().getTime() - sampledAt.getTime() > BLOCKS_FOR_MS) return null;
  const missing = subtract(total, subtract(available, committed));
  if (compareAmounts(missing, "0") <= 0) return null;
  return { currency, available, committed, missing, mayOverride: can(actor, "balance.override") };
}
