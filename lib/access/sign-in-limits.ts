/** Tries allowed in a window, per account, per address, and for everybody together. */
export const SIGN_IN_WINDOW_SECONDS = 15 * 60;
/** A person mistypes a few times; a guesser needs thousands. */
export const SIGN_INS_PER_ACCOUNT = 8;
/** At an open session, of whoever sits there: as many as a stranger has, and not the same ones. */
export const PROOFS_PER_PERSON = 8;
/** Three of a million codes are right at a time: five guesses a quarter of an hour find one in years. */
export const SECOND_FACTORS_PER_ACCOUNT = 5;
/** An office shares one address. */
export const SIGN_INS_PER_ADDRESS = 40;
/** Far over what a team needs, far under what a botnet wants. */
export const SIGN_INS_OVERALL = 1_000;
/** Of links that lead people in: they can't be guessed, the limit spares the database. */
export const VISITS_OVERALL = 1_000;

/** An idle session ends after half an hour, any session after half a day. */
export const SESSION_IDLE_SECONDS = 30 * 60;
export const SESSION_LONGEST_SECONDS = 12 * 60 * 60;
/** How often a used session's time is written down. */
export const SESSION_TOUCH_SECONDS = 60;
/** Who has shown his password shows the second factor within this time, or begins anew. */
export const SECOND_STEP_SECONDS = 10 * 60;

/** How long somebody may take at the provider; less than a window of tries, which knows what was used. */
export const CONNECT_SECONDS = 10 * 60;

/** An invitation lies in a mailbox over a weekend; a way back in is asked for by somebody who waits. */
export const INVITATION_HOURS = 72;
export const RESET_HOURS = 24;
