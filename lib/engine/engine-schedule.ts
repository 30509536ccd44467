/** Claims looked for this often when nothing announces new work. */
export const IDLE_SCAN_MS = 1_000;
/** Looked for again at least this soon where something is due and there was no budget for it. */
export const SCARCE_SCAN_MS = 250;
/** After failures in a row the next claim comes by chance, within twice as long each time, up to this. */
export const MOST_BACKOFF_MS = 16_000;
/** Orders that one process creates and pays at once; how many calls that are is the account's. */
export const SENDS_AT_ONCE = 16;
/** Orders that one process looks at at once. */
export const LOOKS_AT_ONCE = 256;
/** Looks in hand for each call that an account allows at once: some wait for their turn, some are recorded. */
export const LOOKS_AT_ONCE_PER_READ = 2;
/** A renewal of leases that failed is tried again after this. */
export const RENEW_AGAIN_MS = 500;
/** Far longer than a create, a payment and their answers take: what lasts this long hangs. */
export const RENEW_FOR_MS = 3 * 60_000;
export const BEAT_EVERY_MS = 5_000;
/** Balances keep their own pace, `lib/balance/sample-schedule.ts`. */
export const BALANCES_ASKED_EVERY_MS = 5_000;
/** Rules keep their own pace, ten seconds at the least, across all processes. */
export const RULES_ASKED_EVERY_MS = 5_000;
/** Signals become alerts, and what is put aside comes back, within this. */
export const ALERTS_EVERY_MS = 2_000;
/** Frozen gates say themselves when they are due; looked for this often. */
export const GATES_EVERY_MS = 2_000;
/** Audits keep their own pace, a minute an account, across all processes. */
export const AUDITS_EVERY_MS = 5_000;
/** Plans are ten seconds old at the most; they keep that pace themselves, across all processes. */
export const PLANS_EVERY_MS = 5_000;
/** After one that failed; otherwise the sweeps say when they are due. */
export const SWEEPS_EVERY_MS = 1_000;
/** An account that was added or changed is used by every process from then on. */
export const SUPPLIERS_EVERY_MS = 5_000;
/** Sockets are reported on, held for longer and told what to follow this often. */
export const SOCKETS_EVERY_MS = 5_000;
export const CURVES_EVERY_MS = 300_000;
/** Changes of the stock are added up and judged this often. */
export const STOCK_EVERY_MS = 15_000;
export const EXPIRIES_EVERY_MS = 60_000;
export const EXPIRING_EVERY_MS = 300_000;
/** What was said of reveals is over after a day. */
export const REVEALS_EVERY_MS = 600_000;
/** The doctor keeps its own pace, five minutes across all processes. */
export const DOCTOR_ASKED_EVERY_MS = 30_000;
/** A cron run takes nothing new after this: 80 % of the minute until the next one. */
export const CRON_DEADLINE_MS = 48_000;
/** Runs of dead processes are forgotten after a day. */
export const FORGET_RUNS_MS = 24 * 60 * 60_000;
/** The fallback sweep takes what is overdue and no more. */
export const SWEEP_DEADLINE_MS = 20_000;
