import { DEFAULT_PACE, type NextLook, nextLook, type Pace } from "#lib/polling/look-schedule.ts";
import type { OrderState } from "./decision.ts";
import type { OrderStatus } from "./lifecycle.ts";

type Times = Pick<OrderState, "status" | "statusChangedAt" | "paidAt" | "finishedAt">;

/** When an order that is, or has just come to be, in `status` is looked at next. */
export function nextLookAt(
  state: Times,
  status: OrderStatus,
  pace: Pace = DEFAULT_PACE,
  now: Date,
  random: number,
): NextLook {
  const since = (then: Date | null): number => now.getTime() - (then ?? now).getTime();
  const ageMs = status === state.status ? since(state.finishedAt ?? state.statusChangedAt) : 0;
  const waitsForCodes = status === "paid" || status === "processing";
  const wasPaid = state.status === "paid" || state.status === "processing";
  // Orders older than the column count from when they came to their state.
  const paidAt = state.paidAt ?? (wasPaid ? state.statusChangedAt : null);
  return nextLook({ ageMs, paidForMs: waitsForCodes ? since(paidAt) : null, pace }, random);
}
