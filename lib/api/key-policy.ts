/** What an API key may be like; forms in the browser know it too. */
import { SCOPES, type Scope } from "#lib/access/permissions.ts";

export const KEY_SCOPES: readonly Scope[] = SCOPES;

export const LONGEST_KEY_NAME = 60;
/** Addresses and nets of one key. */
export const MOST_NETS = 50;
/** Requests a minute where nothing else is said: ten a second, more than a shop needs at once. */
export const USUAL_RATE = 600;
export const HIGHEST_RATE = 100_000;
export const LONGEST_KEY_DAYS = 3_650;
/** The rate's window. */
export const RATE_WINDOW_SECONDS = 60;
/** How long the key that was replaced goes on working, so that a shop is changed over without a gap. */
export const ROTATION_OVERLAP_HOURS = 24;
/** Requests with a key that is none, from one address in a minute; then it is told to wait. */
export const FAILURES_PER_ADDRESS = 30;
