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
  /** Codes came with an order that ended cancelled, failed or refunded. */
  "codes_withheld",
  /** The supplier refused to take the payment. */
  "pay_refused",
  /** An answer that can't be written down; looked at seldom until one can. */
  "unrecordable",
  /** The supplier says it has no such order. */
  "lost_at_supplier",
  /** It takes longer than nearly all of this product's orders did. */
  "slow",
  /** Not paid yet, and the time to pay is nearly over. */
  "payment_expiring",
  /** It came to nothing, and nobody has looked at that yet. */
  "order_failed",
  /** Cancelled after it had been paid: is the money back? */
  "cancelled_after_payment",
  /** The supplier gave its money back, whatever it had come to: somebody may have its codes. */
  "order_refunded",
  /** Some of its items came to nothing. */
  "partial",
  /** What became of it could not be told to somebody who asked for it. */
  "delivery_failed",
] as const;

export type SignalKey = (typeof SIGNAL_KEYS)[number];
