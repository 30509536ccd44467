import { createTurns } from "#lib/api/turns.ts";

/** Requests of this process that place an order at once, together, and that wait for that. */
const PLACING_AT_ONCE = 100;
const MOST_PLACING = 500;
/** Those that ask about similar orders go alone, each with a connection while it waits for the account's money. */
const PLACING_ALONE_AT_ONCE = 4;
/** Orders of this process that are sent right after their answers; the workers send whatever is left. */
const SENDING_AT_ONCE = 4;
const MOST_SENDING = 100;
/** Fewer hold up the answers of others less; one alone would wait for a call that hangs. */
const SENDING_BESIDE_PLACING = 2;
/** In a burst, those who wait for their answers come first; this long after its own, an order waits for none. */
const YIELDS_FOR_MS = 2_000;

const sending = createTurns(SENDING_AT_ONCE, MOST_SENDING);
const sendingBesidePlacing = createTurns(SENDING_BESIDE_PLACING, SENDING_AT_ONCE);

const placing = createTurns(PLACING_AT_ONCE, MOST_PLACING);
const placingAlone = createTurns(PLACING_ALONE_AT_ONCE, MOST_PLACING);

/** Places an order of a request when its turn comes; null, without having done it, where too many wait already. */
export const placeInTurn = <T>(isAlone: boolean, place: () => Promise<T>): Promise<T | null> =>
  isAlone ? placingAlone.take(() => placing.take(place)) : placing.take(place);

/**
 * Sends an order whose answer has gone out, once nobody places any. Where that lasts fewer go at once; where many
 * wait it is left to the workers.
 */
export function sendWhenQuiet(send: () => Promise<unknown>): Promise<unknown> {
  const until = performance.now() + YIELDS_FOR_MS;
  return sending.take(async () => {
    const isQuiet = await placing.rest(until - performance.now());
    return isQuiet ? send() : sendingBesidePlacing.take(send);
  });
}
