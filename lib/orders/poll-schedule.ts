/** All the numbers of sending and giving up, with their reasons; those of looking are `polling`'s. */
import { isOpen, type OrderStatus } from "./lifecycle.ts";
import type { TimelineKind } from "./timeline.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** News is certain to be there shortly. */
export const SOON_MS = SECOND;

/** In one non-terminal state for this long is a stall, where nothing else is set for the supplier. */
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
/** Clocks of our own processes differ by less. */
export const OWN_CLOCK_MARGIN_MS = 5 * SECOND;
/** An order that its supplier can't be asked about waits for news; its turn comes all the same. */
export const UNREAD_EVERY_MS = 15 * MINUTE;
/** Without a connected supplier an order waits; it is shown as stalled soon enough. */
export const NOT_CONNECTED_WAIT_MS = 30 * SECOND;
/**
 * Pages of one search by our reference: 5,000 orders where a page has a hundred. More than that within the day before
 * the order, and a person looks at the supplier's own pages.
 */
export const MOST_SEARCH_PAGES = 50;
/** A search that was interrupted is gone on with for this long; as long as the longest silence. */
export const SEARCH_KEPT_MS = HOUR;
/** A search of many pages rests after them, so that it costs four calls a minute at the most while it proves nothing. */
export const SEARCH_REST_PER_PAGE_MS = 15 * SECOND;
/** Whoever works on orders renews their leases this often: four times before they run out. */
export const RENEW_EVERY_MS = 5 * SECOND;
/** A person may ask for a look this often. */
export const LOOK_COOLDOWN_MS = 5 * SECOND;
/** What the cool-down is counted from: the order was asked about, or is going to be. */
export const COOLING_KINDS: TimelineKind[] = [
  "look_requested",
  "looked",
  "look_failed",
  "not_found",
];

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

/**
 * When a send can't land any more, by our clock. Its first byte may leave a while after its permit, and the
 * process that sent it may have another clock.
 */
export const settledAfter = (sentAt: Date, settlingMs: number): Date =>
  new Date(sentAt.getTime() + SEND_WINDOW_MS + OWN_CLOCK_MARGIN_MS + settlingMs);

/** Until an order is looked at again whose answer could not be written down `times` times: 5 min doubling to an hour. */
export const parkedWaitMs = (times: number): number =>
  Math.min(HOUR, 5 * MINUTE * 2 ** Math.min(times - 1, 10));

/** Until an order that waits for its twin asks again; it is woken as soon as the way is free. */
export const heldBackWaitMs = (random: number): number => Math.round(MINUTE * (0.75 + random / 2));

/** Orders that had to be silent together don't all speak at once afterwards. */
export function silenceWaitMs(silentMs: number, random: number): number {
  return Math.round(silentMs + random * 5 * SECOND);
}

/** When its state was written, and since when it stood there as its supplier told. */
type Standing = { statusChangedAt: Date; toldSince: Date | null };

/** What a stall is counted from. */
export const standsSince = ({ statusChangedAt, toldSince }: Standing): Date =>
  toldSince ?? statusChangedAt;

/** Computed from the clock, so that a stall shows even where no engine runs to flag it. */
export function isStalled(
  order: Standing & { status: OrderStatus },
  now: Date,
  afterMs: number = STALLED_AFTER_MS,
): boolean {
  return isOpen(order.status) && now.getTime() - standsSince(order).getTime() >= afterMs;
}
