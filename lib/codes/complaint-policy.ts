import type { ComplaintKind, ComplaintOutcome } from "./types.ts";

const DAY_MS = 24 * 3_600_000;

/** How long after delivery the supplier hears of a code that is missing, wrong or defective. */
export const COMPLAINT_WINDOW_MS: Record<ComplaintKind, number> = {
  missing: 14 * DAY_MS,
  wrong: 14 * DAY_MS,
  defective: 60 * DAY_MS,
};

export const COMPLAINT_KINDS = Object.keys(COMPLAINT_WINDOW_MS) as ComplaintKind[];

export const COMPLAINT_OUTCOMES: readonly ComplaintOutcome[] = [
  "replaced",
  "refunded",
  "refused",
  "dropped",
];

/** @param storedAt when the code was delivered, as far as we know */
export const windowEndsAt = (kind: ComplaintKind, storedAt: Date): Date =>
  new Date(storedAt.getTime() + COMPLAINT_WINDOW_MS[kind]);
