/** Numbers of what an endpoint may be set to; the database holds some of them, too. */
export const LONGEST_ENDPOINT_NAME = 60;
export const MOST_ENDPOINTS = 200;
export const MOST_PRODUCTS = 100;
export const MOST_SENDS_AT_ONCE = 64;
export const USUAL_SENDS_AT_ONCE = 8;
export const MOST_PER_MINUTE = 100_000;
/** Seven tries in all. */
export const MOST_WAITS = 6;
export const SHORTEST_WAIT_MS = 1_000;
export const LONGEST_WAIT_MS = 24 * 60 * 60_000;
/** Receivers have so long to change over to a new signing secret. */
export const OVERLAP_MS = 24 * 60 * 60_000;
/** Random bytes of a signing secret that we make. */
export const SIGNING_SECRET_BYTES = 32;
