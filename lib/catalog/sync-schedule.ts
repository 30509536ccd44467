/** A finished walk is followed by the next after this long. */
export const WALK_EVERY_MS = 15 * 60_000;
/** A page is asked for at most this often, so that a walk of thousands of products spares the rate limit. */
export const PAGE_EVERY_MS = 250;
/**
 * A walk that hasn't come to its end by then is stuck (a page the supplier can't give any more) and
 * is begun anew. Even at one page a second, 7,000 pages fit.
 */
export const WALK_GIVE_UP_MS = 2 * 60 * 60_000;
/** A page takes 15 s at the most; a dead process's walk is resumed after this. */
export const WALK_LEASE_SECONDS = 30;
/** A product picked for an order is confirmed with the supplier when its price is older than this. */
export const CONFIRM_AFTER_MS = 20_000;
/** After the supplier has contradicted what it said before, it is asked again at once. */
export const CONFIRM_ANEW_AFTER_MS = 500;
