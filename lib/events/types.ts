/** Everything that is announced to whoever asked for it. Names and payload forms are outsiders' to rely on. */
export const EVENT_TYPES = [
  "order.created",
  "order.paid",
  "order.processing",
  "order.completed",
  "order.partial",
  "order.cancelled",
  "order.failed",
  "order.refunded",
  "order.unconfirmed",
  "order.stalled",
  "balance.low",
  "balance.recovered",
  "alert.opened",
  "alert.resolved",
  "delivery.endpoint_disabled",
] as const;

/** What somebody, or a policy, sends to one endpoint; nobody can ask for it, and `*` doesn't. */
export const ADDRESSED_EVENT_TYPES = ["alert.notice", "order.dossier", "audit.anchor"] as const;

/** Whatever a delivery can be of. */
export const ALL_EVENT_TYPES = [...EVENT_TYPES, ...ADDRESSED_EVENT_TYPES] as const;

export type EventType = (typeof ALL_EVENT_TYPES)[number];

/** What an endpoint may ask for. */
export type EventPattern = (typeof EVENT_TYPES)[number] | "*";
