/** Codes that one person may reveal within an hour: far more than serving customers takes. */
export const REVEALS_AN_HOUR = 60;
/** So many within an hour are unusual: others are told. */
export const REVEALS_UNUSUAL = 20;
/** Codes that one person may hand out by links within an hour, and from how many on others are told. */
export const LINKED_AN_HOUR = 500;
export const LINKED_UNUSUAL = 200;
/** A shop fetches codes when they come. One that came so long ago is an old one to an API key. */
export const OLD_AFTER_HOURS = 24;
/** So many different old ones within an hour are unusual for a key: somebody else may have it. */
export const OLD_UNUSUAL = 50;
/** How long that stays said after it was, and has stopped. */
export const REVEALS_UNUSUAL_HOURS = 24;
/** How long a page shows a code. */
export const SHOWN_SECONDS = 30;
/** A copy is noted as long after the reveal as a slow page may have shown it. */
export const COPY_NOTED_MINUTES = 10;
