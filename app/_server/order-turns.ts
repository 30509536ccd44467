import { createTurns } from "#lib/api/turns.ts";

/** Requests of this process that place an order at once, and that wait for that. */
const PLACING_AT_ONCE = 4;
const MOST_PLACING = 500;
/** Orders of this process that are sent right after their answers; the workers send whatever is left. */
const SENDING_AT_ONCE = 4;
const MOST_SENDING = 100;

export const placing = createTurns(PLACING_AT_ONCE, MOST_PLACING);
export const sending = createTurns(SENDING_AT_ONCE, MOST_SENDING);
