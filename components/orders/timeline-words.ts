import { ORDER_STATUSES, type OrderStatus } from "#lib/orders/lifecycle.ts";
import { SIGNAL_KEYS, type SignalKey } from "#lib/orders/signals.ts";

// Entries are kept for years and read by newer code: a word that we no longer know is shown as it is.

export const isOrderStatus = (text: unknown): text is OrderStatus =>
  ORDER_STATUSES.some((status) => status === text);

export const isSignalKey = (text: unknown): text is SignalKey =>
  SIGNAL_KEYS.some((key) => key === text);
