import type { Outcome } from "./port.ts";

/** What suppliers' older papers advise where a 429 doesn't say how long to wait. */
const WAITS_MS = [30_000, 60_000, 120_000] as const;

export type UnstatedWait = {
  /** To be taken when a call is made, and handed in with its outcome. */
  ticket(): number;
  /** The outcome, with a wait where a 429 names none: 30, 60, then 120 s for each that follows. */
  settle<T>(outcome: Outcome<T>, ticket: number): Outcome<T>;
};

/**
 * Counts the 429s of one account that name no time to wait. Calls that were under way together are
 * turned away together, and count as one. What the process forgets when it ends, the first 429
 * tells it again.
 */
export function unstatedWait(): UnstatedWait {
  let issued = 0;
  let inRow = 0;
  let countedUpTo = 0;
  return {
    ticket: () => ++issued,
    settle(outcome, ticket) {
      if (outcome.kind === "unknown") return outcome;
      if (outcome.kind === "accepted" || outcome.refusal.class !== "rate_limited") {
        // Only a call made after the last 429 shows that it's over, and only if it was answered.
        const isAnswer = outcome.kind === "accepted" || outcome.refusal.httpStatus !== null;
        if (isAnswer && ticket > countedUpTo) inRow = 0;
        return outcome;
      }
      if (outcome.refusal.retryAfterMs !== undefined) return outcome;
      if (ticket > countedUpTo) {
        inRow++;
        countedUpTo = issued;
      }
      const retryAfterMs = WAITS_MS[Math.min(inRow, WAITS_MS.length) - 1] ?? WAITS_MS[0];
      return { ...outcome, refusal: { ...outcome.refusal, retryAfterMs } };
    },
  };
}
