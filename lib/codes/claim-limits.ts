/** How long a claim link lives unless somebody says otherwise, and within what he may. */
export const CLAIM_DAYS = 7;
export const CLAIM_SHORTEST_MINUTES = 5;
export const CLAIM_LONGEST_DAYS = 90;

/** Digits, so that it can be told over the phone and typed on one. */
export const CLAIM_PIN = /^\d{4,8}$/;
/** Wrong PINs after which a link stays shut for good. */
export const CLAIM_PIN_TRIES = 5;
/** Tries that opened nothing, from one address within a quarter of an hour. */
export const CLAIM_TRIES_PER_ADDRESS = 30;
