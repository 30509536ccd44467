import { compareAmounts } from "#lib/platform/money.ts";

/** Decimal text. Less than `lowAt` is low; it has recovered with `okAt`, so that one payment doesn't ring twice. */
export type BalanceLines = { lowAt: string; okAt: string };

/** What an amount makes of a currency that is low by now, or isn't. */
export function judgeBalance(
  lines: BalanceLines,
  isLow: boolean,
  available: string,
): "falls_low" | "stays_low" | "recovers" | "is_fine" {
  if (!isLow) return compareAmounts(available, lines.lowAt) < 0 ? "falls_low" : "is_fine";
  return compareAmounts(available, lines.okAt) >= 0 ? "recovers" : "stays_low";
}
