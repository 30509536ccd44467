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

/** The order list with these states alone; without mock orders, which the overview doesn't count. */
export const listHref = (states: readonly OrderStatus[]): string =>
  `/orders?status=${states.join(",")}&mock=without`;

/** The very orders that a figure of the last day counts. */
export const finishedHref = (status: OrderStatus, since: string): string =>
  `${listHref([status])}&finishedSince=${encodeURIComponent(since)}`;

export const spentHref = (currency: string, since: string): string =>
  `/orders?paidSince=${encodeURIComponent(since)}&currency=${encodeURIComponent(currency)}&mock=without`;

export const severityHref = (severity: AlertSeverity): string => `/alerts?severity=${severity}`;
