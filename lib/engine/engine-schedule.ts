/** Claims looked for this often when nothing announces new work. */
export const IDLE_SCAN_MS = 1_000;
/** Orders worked on at once by one process; the supplier's own limits are narrower. */
export const ORDERS_AT_ONCE = 16;
export const BEAT_EVERY_MS = 5_000;
/** A worker that hasn't beaten for this long is taken for dead. */
export const LATE_AFTER_MS = 20_000;
/** Cron comes each minute; two missed runs are a worry. */
export const CRON_LATE_AFTER_MS = 150_000;
export const STALLS_EVERY_MS = 10_000;
/** Frozen gates say themselves when they are due; looked for this often. */
export const GATES_EVERY_MS = 2_000;
/** Audits keep their own pace, a minute an account, across all processes. */
export const AUDITS_EVERY_MS = 5_000;
/** The doctor keeps its own pace, five minutes across all processes. */
export const DOCTOR_ASKED_EVERY_MS = 30_000;
/** A cron run takes nothing new after this: 80 % of the minute until the next one. */
export const CRON_DEADLINE_MS = 48_000;
/** Runs of dead processes are forgotten after a day. */
export const FORGET_RUNS_MS = 24 * 60 * 60_000;
/** The fallback sweep takes what is overdue and no more. */
export const SWEEP_DEADLINE_MS = 20_000;
