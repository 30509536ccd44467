/** How often the balance is sampled while nothing moves. */
export const SAMPLE_EVERY_MS = 60_000;
/** Orders that moved are followed by a sample, but not each by its own. */
export const SAMPLE_AFTER_MOVE_MS = 15_000;
