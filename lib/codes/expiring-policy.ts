/** What is in stock and over within this time should be handed out or sold first. */
export const EXPIRING_WITHIN_MS = 30 * 24 * 3_600_000;

/** Beyond this a count says "more": exact thousands would cost a scan and tell nobody anything. */
export const COUNTED_UP_TO = 1_000;
