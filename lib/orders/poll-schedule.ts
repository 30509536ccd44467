import { isOpen, type OrderStatus } from "./lifecycle.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** A normal FoxReload order ends in under 60 s, so look early; a look before 3 s only finds it paid. */
const FIRST_LOOK_MS = 3 * SECOND;
/** Waiting half the age again makes each wait 1.5 times the last, as FoxReload's guides advise. */
const SHARE_OF_AGE = 0.5;
const FAST_CAP_MS = 20 * SECOND;
const FAST_PHASE_MS = 10 * MINUTE;
const SLOW_MS = 5 * MINUTE;
const SLOW_PHASE_MS = 24 * HOUR;
const CRAWL_MS = HOUR;
/** Orders placed in one batch drift apart. */
const JITTER = 0.2;

/** News is certain to be there shortly. */
export const SOON_MS = SECOND;

/** In one non-terminal state for this long is a stall. */
export const STALLED_AFTER_MS = 10 * MINUTE;
/** Missing codes can be claimed from the supplier for 14 days; until then they may still come. */
export const MISSING_CODES_WATCHED_MS = 14 * 24 * HOUR;
/** A settled read after a payment whose answer was lost, before the same order is paid again. */
export const PAY_SETTLING_MS = 30 * SECOND;
/** A refused payment may work after a top-up; the supplier is asked again this often. */
export const PAY_RETRY_MS = 60 * SECOND;
/** A create that could not even be sent is given up after this long: nothing was bought, and prices move. */
export const SUBMIT_GIVE_UP_MS = 30 * MINUTE;
/** An equal order this young is worth a question: two people, or two tabs, on one wish. */
export const SIMILAR_WITHIN_MS = 10 * MINUTE;
/** Creates of one order with unclear outcome where creating is free; then its list is asked. */
export const MOST_FREE_CREATES = 5;
/** After the permit, the first byte has to be written within this: a process may have been paused since. */
export const SEND_WINDOW_MS = 10 * SECOND;
/** Without a connected supplier an order waits; it is shown as stalled soon enough. */
export const NOT_CONNECTED_WAIT_MS = 30 * SECOND;
/** A person may ask for a look this often. */
export const LOOK_COOLDOWN_MS = 5 * SECOND;

/**
 * How long until the next look at an order that has been in its status for `ageMs`. Slow is never
 * stopped: an order that nothing else would tell us about is looked at for ever.
 * @param random in [0, 1)
 */
export function nextLookInMs(ageMs: number, random: number): number {
  const jitter = 1 + JITTER * (2 * random - 1);
  return Math.round(plainWait(Math.max(0, ageMs)) * jitter);
}

function plainWait(ageMs: number): number {
  if (ageMs < FAST_PHASE_MS)
    return Math.min(FAST_CAP_MS, Math.max(FIRST_LOOK_MS, ageMs * SHARE_OF_AGE));
  return ageMs < SLOW_PHASE_MS ? SLOW_MS : CRAWL_MS;
}

/** Back-off of a create or look that proved to have had no effect: 2 s doubling to a minute. */
export function retryInMs(failures: number, random: number): number {
  const wait = Math.min(MINUTE, 2 * SECOND * 2 ** Math.min(failures, 10));
  return Math.round(wait * (0.5 + random / 2));
}

/**
 * Between two creates of one order at an account where creating is free: an answer that is merely late
 * gets its chance first.
 */
export function createAgainInMs(unclear: number, random: number): number {
  const wait = Math.min(MINUTE, 5 * SECOND * 2 ** Math.max(0, unclear - 1));
  return Math.round(wait * (0.75 + random / 2));
}

/** Until an order that waits for its twin asks again; it is woken as soon as the way is free. */
export const heldBackWaitMs = (random: number): number => Math.round(MINUTE * (0.75 + random / 2));

/** Orders that had to be silent together don't all speak at once afterwards. */
export function silenceWaitMs(silentMs: number, random: number): number {
  return Math.round(silentMs + random * 5 * SECOND);
}

/** Computed from the clock, so that a stall shows even where no engine runs to flag it. */
export function isStalled(
  order: { status: OrderStatus; statusChangedAt: Date },
  now: Date,
): boolean {
  return (
    isOpen(order.status) && now.getTime() - order.statusChangedAt.getTime() >= STALLED_AFTER_MS
  );
}
