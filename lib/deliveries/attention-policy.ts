/** What a person should see of deliveries, beside what endpoints' own alerts say. */

/**
 * What failed stays in view for so long after its event, unless it was sent again: the last try of the default
 * plan comes after some eight hours, and nobody looks at night or on a Sunday.
 */
export const FAILED_SHOWN_MS = 3 * 24 * 60 * 60 * 1_000;

/** More are told as "more than". */
export const ATTENTION_COUNTED_TO = 100;
