import type { BalancePoint } from "#lib/balance/types.ts";
import { subtract } from "#lib/platform/money.ts";

export type BalanceChange = BalancePoint & {
  /** Against the sample before of the same account and currency; null where that isn't known. */
  difference: string | null;
};

/** What each sample changed. Samples come and go newest first. */
export function balanceChanges(history: readonly BalancePoint[]): BalanceChange[] {
  return history.map((point, index) => {
    const before = history
      .slice(index + 1)
      .find(
        (other) => other.currency === point.currency && other.supplierName === point.supplierName,
      );
    return {
      ...point,
      difference: before ? subtract(point.available, before.available) : null,
    };
  });
}
