/** All numbers of the inbox, with their reasons. */

/** Of one message. The guides advise to stay under 20 kB; an order of many codes may need more. */
export const MOST_BYTES = 256 * 1024;

/** Claimed at once, and recorded together. */
export const CLAIM_AT_ONCE = 50;
/** Each takes a connection of the pool for most of its time. */
export const WORKED_ON_AT_ONCE = 4;
/** Far longer than a batch takes; what a killed worker held comes back after this. */
export const LEASE_MS = 120_000;
/** New messages are looked for this often. */
export const ASKED_EVERY_MS = 500;

/**
 * An order that isn't known may be known soon: the answer of its create, which names it, may still be on its way. The
 * create call itself takes half a minute at the most.
 */
export const UNMATCHED_AGAIN_MS: readonly number[] = [5_000, 30_000, 120_000, 600_000];

/** Its order is being worked on: a call and its record are done within this, as a rule. */
export const POSTPONED_MS = 2_000;

/** After a failure of ours. What is claimed counts as a try, whatever becomes of whoever claimed it. */
export const FAILED_AGAIN_MS: readonly number[] = [
  1_000, 5_000, 30_000, 120_000, 600_000, 3_600_000,
];
export const MOST_TRIES = FAILED_AGAIN_MS.length + 1;

/**
 * Senders try again for up to four days, and a message told once more has to be known by then. What is in trouble stays
 * until somebody has dealt with it.
 */
export const KEEP_MS = 8 * 24 * 60 * 60_000;
export const FORGET_EVERY_MS = 10 * 60_000;
export const FORGET_AT_ONCE = 1_000;

/** A hint that nothing tells from the one before it counts as news again after this. */
export const SAME_AGAIN_MS = 5_000;

/** Refused messages of an account are noted this often at the most: anybody can send them. */
export const REFUSAL_NOTED_EVERY_MS = 5_000;
/** After such a pause they are counted anew: some suppliers have little to tell. */
export const REFUSALS_TOGETHER_MS = 24 * 60 * 60_000;

/** Words of suppliers are kept so long. */
export const LONGEST_WORD = 200;

export const PAGE_SIZE = 50;
export const COUNT_TO = 1_000;
/** Dealt with by a person at once: a transaction of a second or so. */
export const MOST_AT_ONCE = 500;
