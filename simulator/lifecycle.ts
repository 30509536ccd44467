import type { Order, OrderStatus } from "./state.ts";

export type OrderTruth = {
  status: OrderStatus;
  /** When it came to this status, on the simulator's clock. */
  since: number;
  cancelReason: Order["plan"]["cancelReason"];
};

const openStatuses = ["active", "paid", "processing"] as const;

/** Where an order stands at `now`. Pure: everything follows from its times and its plan. */
export function orderTruth(order: Order, now: number): OrderTruth {
  const { plan, settled } = order;
  if (settled !== null) {
    return { status: settled.status, since: settled.at, cancelReason: settled.cancelReason };
  }
  const paidAt = order.payments[0];
  const cancelAt = plan.cancelledAfterMs === null ? null : order.createdAt + plan.cancelledAfterMs;
  if (cancelAt !== null && now >= cancelAt) {
    return { status: "cancelled", since: cancelAt, cancelReason: plan.cancelReason };
  }
  if (paidAt === undefined) {
    return now >= order.paymentExpiresAt
      ? {
          status: "cancelled",
          since: order.paymentExpiresAt,
          cancelReason: "payment_expiration",
        }
      : { status: "active", since: order.createdAt, cancelReason: null };
  }
  return paidTruth(plan, paidAt, now);
}

function paidTruth(plan: Order["plan"], paidAt: number, now: number): OrderTruth {
  const starts = [
    paidAt,
    paidAt + plan.activeForMs,
    paidAt + plan.activeForMs + plan.paidForMs,
    paidAt + plan.endAfterMs,
  ];
  const stallStep = plan.stallAt === null ? 3 : openStatuses.indexOf(plan.stallAt);
  const step = Math.min(
    starts.findLastIndex((start) => now >= start),
    stallStep,
  );
  const since = starts[step] ?? paidAt;
  const status = openStatuses[step];
  if (status !== undefined) return { status, since, cancelReason: null };
  return {
    status: plan.end,
    since,
    cancelReason: plan.end === "cancelled" ? plan.cancelReason : null,
  };
}
