import { compareAmounts } from "#lib/platform/money.ts";

/** Decimal text. Less than `lowAt` is low; it has recovered with `okAt`, so that one payment doesn't ring twice. */
export type BalanceLines = { lowAt: string; okAt: string };

/** What an amount makes of an account that is low since then, or isn't; no lines: nobody minds. */
export function judgeBalance(
  lines: BalanceLines | null,
  isLow: boolean,
  available: string,
): "falls_low" | "stays_low" | "recovers" | "is_forgotten" | "is_fine" {
  if (!lines) return isLow ? "is_forgotten" : "is_fine";
  if (!isLow) return compareAmounts(available, lines.lowAt) < 0 ? "falls_low" : "is_fine";
  return compareAmounts(available, lines.okAt) >= 0 ? "recovers" : "stays_low";
}
