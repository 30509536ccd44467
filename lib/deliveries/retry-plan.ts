import {
  DEFAULT_RETRY_PLAN_MS,
  LEAST_ASKED_WAIT_MS,
  LONGEST_ASKED_WAIT_MS,
  MOST_TRIES,
  RETRY_JITTER,
} from "./delivery-schedule.ts";

/** An endpoint's own waits, or the usual ones where it has none; never more than allow seven tries. Pure. */
export const planOf = (own: readonly number[]): readonly number[] =>
  (own.length > 0 ? own : DEFAULT_RETRY_PLAN_MS).slice(0, MOST_TRIES - 1);

/**
 * How long to wait after the so-manieth try failed; null when it was the last. What the receiver asked for
 * lengthens the wait, and never shortens it. Pure.
 * @param tries made by now, 1 or more
 * @param askedMs what the receiver asked for, if anything
 * @param random in [0, 1)
 */
export function nextTryInMs(
  plan: readonly number[],
  tries: number,
  askedMs: number | null,
  random: number,
): number | null {
  const planned = plan[tries - 1];
  if (planned === undefined) return null;
  const jittered = planned * (1 + RETRY_JITTER * (2 * random - 1));
  return Math.round(Math.max(jittered, askedMs === null ? 0 : heeded(askedMs)));
}

/** What a receiver asks for, within reason. */
export const heeded = (askedMs: number): number =>
  Math.min(LONGEST_ASKED_WAIT_MS, Math.max(LEAST_ASKED_WAIT_MS, askedMs || 0));
