/** Codes that are given to one customer at once. */
export const MOST_HANDED_OUT = 500;
/** Codes that are reserved or set free at once. */
export const MOST_RESERVED = 5_000;
/** Characters of a customer's reference; as long as an order's. */
export const LONGEST_CUSTOMER_REF = 200;
/** Characters of a note or of what proves that a code is bad. */
export const LONGEST_NOTE = 2_000;
/** Codes that there may be at least asked for. */
export const HIGHEST_LOW_LINE = 1_000_000;
