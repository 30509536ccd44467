/** The numbers by which changes of a balance are matched with what moved money. */
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Clocks of the processes that sample and pay may differ by this. */
export const SKEW_MS = 5_000;
/** A supplier may bring the balance up to date this long after it took the money. */
export const LAG_MS = MINUTE_MS;
/** A payment that has shown in no change for longer than this doesn't explain one any more. */
export const LATE_MS = HOUR_MS;
/** What an explained step this close took may belong to one that isn't. */
export const NEAR_MS = 15 * MINUTE_MS;
/** A top-up may be noted this long after it had arrived … */
export const TOP_UP_EARLY_MS = 24 * HOUR_MS;
/** … or this long before: banks take their time. */
export const TOP_UP_LATE_MS = 14 * 24 * HOUR_MS;
/** An order's end is read this long after it came, mostly. */
export const END_READ_WITHIN_MS = 2 * MINUTE_MS;
/** Refunds that haven't come after this are asked for, not waited for. */
export const REFUND_LATE_MS = 30 * 24 * HOUR_MS;
/** Where the supplier says that the money is back, it came no longer ago than this. */
export const REFUND_SAID_WITHIN_MS = 29 * 24 * HOUR_MS;
/** More money than explained is most often a refund of an order whose end hasn't been read yet. */
export const GAIN_PATIENCE_MS = 10 * MINUTE_MS;
/** A loss is told of with the next sample, or after this without one. */
export const LOSS_PATIENCE_MS = 2 * MINUTE_MS;

/**
 * How far a guess strays from what the times say. Whatever would cost more than `STRAY_MOST` in all is no
 * explanation but a coincidence: among enough orders some always add up to any amount.
 */
export const STRAY_MOST = 12;
export const STRAY = {
  /** It was under way while the sample was taken. */
  in_flight: 1,
  top_up: 1,
  refund: 2,
  /** It was begun so shortly after the sample that a clock may be off. */
  skew: 3,
  foreign: 3,
  /** The order is in doubt. */
  doubt: 4,
  /** It should have shown in this change, or in an earlier one. */
  lag: 6,
} as const;

/**
 * Sums that are tried, and moves that are looked at, before the explaining of an account's currency makes do with
 * what it has found: about 50 ms of work. Counted, not timed, so that the same facts are always judged alike.
 */
export const SEARCH_BUDGET = 150_000;
