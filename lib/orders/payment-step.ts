import { compareAmounts, subtract } from "#lib/platform/money.ts";
import { PAY_SETTLING_MS } from "./poll-schedule.ts";

export type PastPayment = { startedAt: Date; finishedAt: Date | null; outcome: string | null };

/** Suppliers round a total to cents where unit prices have four decimals. */
const ROUNDING = "0.01";

/**
 * What to do for an unpaid order: `pay` at once when nothing was ever sent and nothing is in doubt;
 * otherwise look first, and pay the same id again only when it is still unpaid after the settling
 * time. A payment that was accepted is never made again, however long the supplier shows it unpaid.
 * @param past the payments sent for it, newest first
 * @param doubtful the supplier's last word was one that we don't know, or it refused before
 */
export function paymentStep(
  past: PastPayment[],
  doubtful: boolean,
  now: Date,
): "pay" | "look" | "look_then_pay" {
  const [last] = past;
  if (!last) return doubtful ? "look_then_pay" : "pay";
  if (past.some(({ outcome }) => outcome === "accepted")) return "look";
  if (last.outcome === "refused") return "look_then_pay";
  const sinceMs = now.getTime() - (last.finishedAt ?? last.startedAt).getTime();
  return sinceMs < PAY_SETTLING_MS ? "look" : "look_then_pay";
}

/** The supplier wants more than the person agreed to: it didn't hold itself to the price guard. */
export function isTooDear(agreedTotal: string, chargedTotal: string | null): boolean {
  return chargedTotal !== null && compareAmounts(subtract(chargedTotal, agreedTotal), ROUNDING) > 0;
}
