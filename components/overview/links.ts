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
  "rejected",
] as const satisfies readonly OrderStatus[];

/** The order list with these states alone; without mock orders, which the overview doesn't count. */
export const listHref = (states: readonly OrderStatus[]): string =>
  `/orders?status=${states.join(",")}&mock=without`;
