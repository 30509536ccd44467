import type { AlertSeverity } from "#lib/alerts/types.ts";
import type { OrderStatus } from "#lib/orders/lifecycle.ts";

/** States of orders that are not at their end, in the order in which they follow. */
export const openStates = [
  "submitting",
  "awaiting_payment",
  "paid",
  "processing",
  "unconfirmed",
] as const satisfies readonly OrderStatus[];

export const finishedStates = [
  "completed",
  "partial",
  "cancelled",
  "failed",
  "refunded",
  "rejected",
] as const satisfies readonly OrderStatus[];

/** What was paid for and not given back, whatever came of it. */
const paidStates = ["paid", "processing", "completed", "partial", "cancelled", "failed"] as const;

/** The order list with these states alone; without mock orders, which the overview doesn't count. */
export const listHref = (states: readonly OrderStatus[]): string =>
  `/orders?status=${states.join(",")}&mock=without`;

export const paidHref = listHref(paidStates);

export const severityHref = (severity: AlertSeverity): string => `/alerts?severity=${severity}`;
