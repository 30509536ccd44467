import type { OrderDetail } from "#lib/orders/types.ts";
import { FAST_PHASE_MS, isSwept } from "#lib/polling/look-schedule.ts";
import type { PauseView } from "#lib/suppliers/pause-policy.ts";

/** Why the next look is when it is; each has its sentence in `orders.wait.*`. */
export type WaitReason =
  | { kind: "orderingPaused" | "pollingPaused"; pause: PauseView }
  | { kind: "silenced" | "paused"; until: string }
  | { kind: "slow" | "swept"; everyMs: number }
  | { kind: "learned"; samples: number }
  | { kind: "failing" | "unlearnt" | "steady" | "backoff" };

type Known = Pick<
  OrderDetail,
  "status" | "wait" | "failedLooks" | "paidAt" | "nextPollAt" | "statusChangedAt"
>;

/** What had to be silent together comes back within this, not all at once. */
const BACK_WITHIN_MS = 10_000;
/** Waits shorter by no more than this needn't be spoken of. */
const LEAST_STRETCH = 1.05;

/** The one thing that decides about the wait; null where the page says elsewhere what it is for. */
export function waitReason(order: Known, nowMs: number): WaitReason | null {
  const { wait, status } = order;
  if (!wait || !order.nextPollAt) return null;
  const { silentUntil, pausedUntil, everyMs, sweepEveryMs, byPerson } = wait;
  const isSent = status === "submitting" || status === "awaiting_payment";
  if (byPerson && isBeyond(byPerson.until, nowMs)) {
    return { kind: isSent ? "orderingPaused" : "pollingPaused", pause: byPerson };
  }
  const dueMs = Math.max(nowMs, Date.parse(order.nextPollAt) - BACK_WITHIN_MS);
  if (isBeyond(silentUntil, dueMs)) return { kind: "silenced", until: silentUntil };
  if (isBeyond(pausedUntil, dueMs)) return { kind: "paused", until: pausedUntil };
  // What is sent waits for other things than a look does, and the page says which.
  if (isSent) return null;
  if (order.failedLooks > 0) return { kind: "failing" };
  const paidForMs = isPaid(order)
    ? nowMs - Date.parse(order.paidAt ?? order.statusChangedAt)
    : null;
  if (sweepEveryMs !== null && isSwept(paidForMs)) return { kind: "swept", everyMs: sweepEveryMs };
  const ageMs = paidForMs ?? nowMs - Date.parse(order.statusChangedAt);
  if (ageMs >= FAST_PHASE_MS) return everyMs === null ? null : { kind: "slow", everyMs };
  switch (wait.preset) {
    case "steady":
    case "backoff":
      return { kind: wait.preset };
    case "learned":
      return wait.learnedFrom > 0
        ? { kind: "learned", samples: wait.learnedFrom }
        : { kind: "unlearnt" };
  }
}

/** How many times longer than its schedule asks for the wait is; null where it isn't. */
export function stretchOf({ wait, status }: Pick<Known, "wait" | "status">): number | null {
  if (!wait || status === "submitting" || status === "awaiting_payment") return null;
  return wait.congestion >= LEAST_STRETCH ? wait.congestion : null;
}

const isPaid = ({ status }: Known): boolean => status === "paid" || status === "processing";

const isBeyond = (at: string | null, ms: number): at is string =>
  at !== null && Date.parse(at) > ms;
