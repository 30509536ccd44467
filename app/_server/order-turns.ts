import { createTurns } from "#lib/api/turns.ts";

/** Requests of this process that place an order at once, and that wait for that. */
const PLACING_AT_ONCE = 4;
const MOST_PLACING = 500;
/** Orders of this process that are sent right after their answers; the workers send whatever is left. */
const SENDING_AT_ONCE = 4;
const MOST_SENDING = 100;
/** In a burst, those who wait for their answers come first; this long after its own, an order waits for none. */
const YIELDS_FOR_MS = 2_000;

const sending = createTurns(SENDING_AT_ONCE, MOST_SENDING);

export const placing = createTurns(PLACING_AT_ONCE, MOST_PLACING);

/** Sends an order whose answer has gone out, once nobody places any; leaves it to the workers where many wait. */
export function sendWhenQuiet(send: () => Promise<unknown>): Promise<unknown> {
  const until = performance.now() + YIELDS_FOR_MS;
  return sending.take(async () => {
    await placing.rest(until - performance.now());
    return send();
  });
}
