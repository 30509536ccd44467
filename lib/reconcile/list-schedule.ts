/** The numbers of listing and auditing, with their reasons. */
const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** Pages of one walk; with 50 orders a page far more than a busy hour brings. */
export const MOST_PAGES = 60;
/** The supplier's clock is known to about this from its last answer. */
const CLOCK_MARGIN_MS = 2 * MINUTE;
/** Where it never told its time. */
const UNKNOWN_CLOCK_MARGIN_MS = 15 * MINUTE;
/** An account's list is read for orders that nobody here knows this often. */
export const AUDIT_EVERY_MS = MINUTE;
/** After one that broke off. */
export const AUDIT_AGAIN_SECONDS = 20;
/** No audit has come to its end for so long: late orders could go unseen. */
export const AUDIT_OVERDUE_MS = 10 * MINUTE;
/** Each audit reads a little of what the last one read: a list may lag behind. */
export const AUDIT_OVERLAP_MS = 60 * MINUTE;
/** More leftovers of lost creates in an hour than this are a sign that something else is wrong. */
export const MOST_ORPHANS_AN_HOUR = 20;
/** A time of ours as the supplier's clock may have shown it at the earliest. */
export function earliestThere(ours: Date, clockOffsetMs: number | null): Date {
  const margin = clockOffsetMs === null ? UNKNOWN_CLOCK_MARGIN_MS : CLOCK_MARGIN_MS;
  return new Date(ours.getTime() + (clockOffsetMs ?? 0) - margin);
}
