import { compareAmounts, subtract } from "#lib/platform/money.ts";
import type { Evidence } from "#lib/reconcile/types.ts";

/** What the balance did around the send, held against what the order costs. */
export type BalanceStep =
  | { kind: "unknown" }
  | { kind: "unmoved" }
  /** It fell by just the price of the order. */
  | { kind: "by_total"; difference: string }
  | { kind: "other"; difference: string };

/** @param total what was agreed to, decimal text */
export function balanceStep({ before, after }: Evidence["balance"], total: string): BalanceStep {
  if (!before || !after) return { kind: "unknown" };
  const difference = subtract(after.available, before.available);
  if (compareAmounts(difference, "0") === 0) return { kind: "unmoved" };
  const fell = subtract(before.available, after.available);
  return { kind: compareAmounts(fell, total) === 0 ? "by_total" : "other", difference };
}
