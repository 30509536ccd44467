/** Kinds of timeline entries; each has its sentence in the message catalogues (`orders.timeline.*`). */
export const TIMELINE_KINDS = [
  "placed",
  "create_sent",
  "create_accepted",
  "create_refused",
  "create_deferred",
  "create_unknown",
  /** A send that had been given up was answered with a supplier order after all. */
  "create_orphaned",
  /** The supplier order was found in the list, or chosen by a person. */
  "adopted",
  "not_created",
  /** The supplier knew of no order under our reference when it was asked. */
  "not_found",
  /** It has too many orders to be asked: nobody searches any more. */
  "search_too_long",
  "not_placed_proposed",
  "given_up",
  "pay_sent",
  "pay_accepted",
  "pay_refused",
  "pay_unknown",
  "status_changed",
  "looked",
  /** The supplier told of it by itself. */
  "told",
  "look_failed",
  "look_requested",
  "backward_ignored",
  "codes_stored",
  "signal_opened",
  "signal_cleared",
  "code_revealed",
] as const;

export type TimelineKind = (typeof TIMELINE_KINDS)[number];
