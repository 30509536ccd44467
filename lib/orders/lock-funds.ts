import { type Actor, can } from "#lib/access/actor.ts";
import { readSpendable } from "#lib/balance/committed.ts";
import { BLOCKS_FOR_MS } from "#lib/balance/sample-schedule.ts";
import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import { add, compareAmounts, subtract } from "#lib/platform/money.ts";
import type { Shortfall } from "./new-order.ts";

/** What is left of an account's money in a currency beside all orders that aren't paid yet. */
export type Funds = {
  /** How much is lacking for an order of this total; null where it reaches, or where nobody knows what there is. */
  lackingFor(actor: Actor, total: string): Shortfall | null;
  /** An order is going to be stored in the same transaction. */
  promise(total: string): void;
};

/**
 * Orders of one account and currency take turns from here to the end of the transaction, so that two don't spend
 * the same money.
 */
export async function lockFunds(
  tx: Tx,
  core: Pick<Core, "now">,
  { supplierId, currency }: { supplierId: string; currency: string },
): Promise<Funds> {
  const name = `balance ${supplierId} ${currency}`;
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
  const spendable = await readSpendable(tx, supplierId, currency);
  const isOld = !spendable || core.now().getTime() - spendable.sampledAt.getTime() > BLOCKS_FOR_MS;
  let committed = spendable?.committed ?? "0";
  return {
    lackingFor(actor, total) {
      if (isOld) return null;
      const { available } = spendable;
      const missing = subtract(total, subtract(available, committed));
      if (compareAmounts(missing, "0") <= 0) return null;
      return {
        ...{ currency, available, committed, missing },
        mayOverride: can(actor, "balance.override"),
      };
    },
    promise(total) {
      committed = add(committed, total);
    },
  };
}
