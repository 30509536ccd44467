// Apart from the schema, so that a form in the browser knows them without the parser.

/** FoxReload takes one to ten items an order. */
export const MOST_LINES = 10;
export const MOST_UNITS = 100_000;
export const LONGEST_REFERENCE = 200;
/** Why to order although the balance doesn't reach. */
export const LONGEST_REASON = 200;
