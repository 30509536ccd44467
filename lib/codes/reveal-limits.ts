/** Codes that one person may reveal within an hour: far more than serving customers takes. */
export const REVEALS_AN_HOUR = 60;
/** So many within an hour are unusual: others are told. */
export const REVEALS_UNUSUAL = 20;
/** Codes that one person may hand out by links within an hour, and from how many on others are told. */
export const LINKED_AN_HOUR = 500;
export const LINKED_UNUSUAL = 200;
/** How long that stays said after it was, and has stopped. */
export const REVEALS_UNUSUAL_HOURS = 24;
/** How long a page shows a code. */
export const SHOWN_SECONDS = 30;
/** A copy is noted as long after the reveal as a slow page may have shown it. */
export const COPY_NOTED_MINUTES = 10;
