/** What an order's progress tells about how long its supplier takes. Pure. */
import type { Decision, OrderState } from "./decision.ts";
import type { OrderStatus } from "./lifecycle.ts";
import type { Observation } from "./observation.ts";

const PAID: readonly OrderStatus[] = [
  ...(["paid", "processing", "partial", "completed", "failed", "refunded"] as const),
];
/** The column's largest; 24 days. */
const MOST_MS = 2 ** 31 - 1;

/** Whether the order is known to be paid from now on. Only a paid one can fail or be refunded; a cancelled one may not be. */
export const isPaidNow = ({ paidAt, status: was }: OrderState, status: OrderStatus): boolean =>
  paidAt === null && status !== was && PAID.includes(status);

/**
 * Milliseconds from payment to completion: halfway between the last look that found it open and this
 * one. Nothing where the payment itself wasn't seen, or the last looks had no answer.
 */
export function tookMs(
  state: Pick<OrderState, "status" | "paidAt" | "lastLookedAt" | "failedLooks">,
  status: OrderStatus,
  source: Observation["source"],
  now: Date,
): Pick<Decision, "tookMs"> {
  if (status !== "completed" || state.status === status) return {};
  if (state.status === "awaiting_payment" && source === "pay") return { tookMs: 0 };
  const { paidAt, lastLookedAt, failedLooks } = state;
  const wasOpen = state.status === "paid" || state.status === "processing";
  if (!wasOpen || paidAt === null || failedLooks > 0) return {};
  const doneMs = now.getTime() - paidAt.getTime();
  // Told as it happens, not found out later.
  if (source === "push") return { tookMs: Math.min(MOST_MS, Math.max(0, doneMs)) };
  const openMs = (lastLookedAt ?? paidAt).getTime() - paidAt.getTime();
  const ms = Math.round((Math.max(0, openMs) + Math.max(0, doneMs)) / 2);
  return { tookMs: Math.min(MOST_MS, ms) };
}
