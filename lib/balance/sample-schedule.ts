/** How often the balance is sampled while nothing moves. */
export const SAMPLE_EVERY_MS = 60_000;
/** Orders that moved are followed by a sample, but not each by its own. */
export const SAMPLE_AFTER_MOVE_MS = 15_000;
/** After three samplings without an answer an amount is shown as old. */
export const STALE_AFTER_MS = 3 * SAMPLE_EVERY_MS;
/** How often changes are looked at for what explains them. */
export const EXPLAIN_EVERY_MS = 10_000;
/** An amount older than this is no reason to refuse an order: the account may have been topped up. */
export const BLOCKS_FOR_MS = 15 * SAMPLE_EVERY_MS;
