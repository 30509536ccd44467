/** A finished walk is followed by the next after this long. */
export const WALK_EVERY_MS = 15 * 60_000;
/** A page is asked for at most this often, so that a walk of thousands of products spares the rate limit. */
export const PAGE_EVERY_MS = 250;
/** A page takes 15 s at the most; a dead process's walk is resumed after this. */
export const WALK_LEASE_SECONDS = 30;
/** A product picked for an order is confirmed with the supplier when its price is older than this. */
export const CONFIRM_AFTER_MS = 20_000;
