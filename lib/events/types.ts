/** Everything that is announced to whoever asked for it. Names and payload forms are outsiders' to rely on. */
export const EVENT_TYPES = [
  "order.created",
  "order.paid",
  "order.processing",
  "order.completed",
  "order.partial",
  "order.cancelled",
  "order.failed",
  "order.unconfirmed",
  "order.stalled",
  "balance.low",
  "balance.recovered",
  "alert.opened",
  "alert.resolved",
  "delivery.endpoint_disabled",
] as const;

export type EventType = (typeof EVENT_TYPES)[number];

/** What an endpoint may ask for. */
export type EventPattern = EventType | "*";
