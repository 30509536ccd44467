/**
 * What a person should know about an order. Each key opens once, stays open until what it tells of
 * is over, and opens anew if it happens again.
 */
export const SIGNAL_KEYS = [
  /** Ten minutes in one state. */
  "stalled",
  /** The create call's outcome is unknown; nothing will be sent again by itself. */
  "unconfirmed",
  /** A status word that we don't know. */
  "unknown_word",
  /** Completed with fewer codes than units. */
  "codes_short",
  /** More codes than units. */
  "codes_extra",
  /** A code that another place shows too. */
  "code_repeated",
  /** Not sent yet, since an order for the same goods is in doubt. */
  "waits_for_twin",
  /** A send that had been given up made a supplier order after all. */
  "extra_supplier_order",
  /** A later answer shows another code than the stored one. */
  "code_changed",
  /** Codes came with an order that ended cancelled or failed. */
  "codes_withheld",
  /** The supplier refused to take the payment. */
  "pay_refused",
  /** An answer that can't be written down; looked at seldom until one can. */
  "unrecordable",
  /** The supplier says it has no such order. */
  "lost_at_supplier",
] as const;

export type SignalKey = (typeof SIGNAL_KEYS)[number];
