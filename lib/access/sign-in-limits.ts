/** Tries allowed in a window, per account, per address, and for everybody together. */
export const SIGN_IN_WINDOW_SECONDS = 15 * 60;
/** A person mistypes a few times; a guesser needs thousands. */
export const SIGN_INS_PER_ACCOUNT = 8;
/** An office shares one address. */
export const SIGN_INS_PER_ADDRESS = 40;
/** Far over what a team needs, far under what a botnet wants. */
export const SIGN_INS_OVERALL = 1_000;

/** An idle session ends after half an hour, any session after half a day. */
export const SESSION_IDLE_SECONDS = 30 * 60;
export const SESSION_LONGEST_SECONDS = 12 * 60 * 60;
/** How often a used session's time is written down. */
export const SESSION_TOUCH_SECONDS = 60;
