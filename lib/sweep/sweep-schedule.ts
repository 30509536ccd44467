/** The numbers of planning, sweeping and learning, with their reasons. */
const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** Plans are made this often for each supplier, whatever the number of processes. */
export const PLAN_EVERY_MS = 10 * SECOND;
/** What was the case lately: how many orders ended, what else the budget went to. */
export const LATELY_MS = 5 * MINUTE;
/** A page takes less, and each renews the lease. Should the process die, another sweeps after that. */
export const SWEEP_LEASE_SECONDS = 30;
/** A list that was not understood isn't asked again before this. */
export const DISTRUST_MS = 10 * MINUTE;
/** A page waits so long for its token, since orders that are due go first. */
export const PAGE_PATIENCE_MS = 5 * SECOND;
/** Pages beyond those that our orders fill: other people's orders, or a list that ignores what it is asked. */
export const SPARE_PAGES = 20;
/** The supplier's clock is known to about this from its last answer, and not at all before. */
export const CLOCK_MARGIN_MS = { known: 2 * MINUTE, unknown: 15 * MINUTE };
/** After a sweep that broke off for reasons of our own. */
export const SWEEP_AGAIN_SECONDS = 5;
/** Asked at least this often whether a sweep is due, and not more often than the latter. */
export const SWEEPS_ASKED_EVERY_MS = SECOND;
export const LEAST_ASKED_EVERY_MS = 50;
/** While looks are due; each of their calls takes longer to come by. */
export const YIELD_MS = 100;
/** And no longer than a sweep that nothing stretches takes to come round again. */
export const YIELD_MOST_MS = 2_500;
/** An order whose schedule isn't known (older than the column) counts as looked at this often. */
export const UNKNOWN_EVERY_MS = 15 * SECOND;

/** Curves are learnt anew this often, from orders that were completed since the latter. */
export const LEARN_EVERY_MS = 5 * MINUTE;
export const LEARN_FROM_DAYS = 30;
/** Of each product the newest; of each supplier so many in all. */
export const LEARN_MOST_SAMPLES = 500;
export const LEARN_MOST_ORDERS = 20_000;
