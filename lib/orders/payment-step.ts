import { compareAmounts, subtract } from "#lib/platform/money.ts";
import type { SupplierOrder } from "#lib/suppliers/port.ts";
import { PAY_SETTLING_MS } from "./poll-schedule.ts";

export type PastPayment = { startedAt: Date; finishedAt: Date | null; outcome: string | null };

/** Suppliers round a total to cents where unit prices have four decimals. */
const ROUNDING = "0.01";

export type AskedPrice = Pick<SupplierOrder, "totalPrice" | "currency" | "isPriceUnclear">;

/**
 * What to do for an unpaid order: `pay` at once when nothing was ever sent and nothing is in doubt;
 * otherwise look first, and pay the same id again only when it is still unpaid after the settling
 * time. A payment that was accepted is never made again, however long the supplier shows it unpaid.
 * @param past the payments sent for it, newest first
 * @param doubtful the supplier's last word was one that we don't know, it refused before, or no
 *   total of its is known
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

/**
 * Why an unpaid order must not be paid, as a sentence; null when it may. The supplier wants more than
 * the person agreed to (it didn't hold itself to the price guard), or nobody can tell what it wants.
 * An answer without a total may be paid: the price guard was sent with the create.
 */
export function whyNotPay(
  agreedTotal: string,
  ourCurrency: string,
  asked: AskedPrice,
): string | null {
  const { totalPrice } = asked;
  const currency = asked.currency ?? ourCurrency;
  const isUsable = totalPrice === null || isAmount(totalPrice);
  if (asked.isPriceUnclear || !isUsable) {
    return "Not paid: the supplier's total can't be understood.";
  }
  const isTooDear =
    totalPrice !== null && compareAmounts(subtract(totalPrice, agreedTotal), ROUNDING) > 0;
  if (currency === ourCurrency && !isTooDear) return null;
  const wanted = totalPrice === null ? currency : `${totalPrice} ${currency}`;
  return `Not paid: the supplier wants ${wanted}, and ${agreedTotal} ${ourCurrency} was agreed to.`;
}

/** A total that the orders table can hold. */
export const isAmount = (text: string): boolean => /^\d{1,13}(\.\d+)?$/.test(text);
