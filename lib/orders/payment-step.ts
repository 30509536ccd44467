import { PAY_SETTLING_MS } from "./poll-schedule.ts";

export type PastPayment = { startedAt: Date; finishedAt: Date | null; outcome: string | null };

/**
 * What to do for an unpaid order: `pay` at once when nothing was ever sent; otherwise look first, and
 * pay the same id again only when it is still unpaid after the settling time.
 * @param doubtful the supplier's last word was one that we don't know
 */
export function paymentStep(
  last: PastPayment | null,
  doubtful: boolean,
  now: Date,
): "pay" | "look" | "look_then_pay" {
  if (!last) return doubtful ? "look_then_pay" : "pay";
  if (last.outcome === "refused") return "look_then_pay";
  const sinceMs = now.getTime() - (last.finishedAt ?? last.startedAt).getTime();
  return sinceMs < PAY_SETTLING_MS ? "look" : "look_then_pay";
}
