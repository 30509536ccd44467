/** What was appended since is looked through this often: it costs as much as there is of it. */
export const VERIFY_EVERY_MS = 5 * 60_000;
/** Everything, from the first entry on: what was good may be tampered with later. */
export const VERIFY_WHOLE_EVERY_MS = 24 * 60 * 60_000;
/** Where the chain ends goes into the log this often, if it has moved. */
export const LOG_ANCHOR_EVERY_MS = 60 * 60_000;
/** And by mail to the owners. */
export const MAIL_ANCHOR_EVERY_MS = 24 * 60 * 60_000;
/** The chore that does both asks so often. */
export const WATCH_ASKED_EVERY_MS = 30_000;
