/** Every number of deliveries, with its reason. Pure. */
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Waits before the second, third … seventh try: a restart, a deployment, an outage of a night. */
export const DEFAULT_RETRY_PLAN_MS: readonly number[] = [
  5 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  10 * MINUTE,
  HOUR,
  6 * HOUR,
];
/** However an endpoint's own plan looks. */
export const MOST_TRIES = 7;
/** Of a plan's waits. */
export const LEAST_RETRY_MS = SECOND;
export const LONGEST_RETRY_MS = 24 * HOUR;
/** Either way, so that what failed together isn't tried again together. */
export const RETRY_JITTER = 0.1;
/** What a receiver asks for is honoured within these. */
export const LEAST_ASKED_WAIT_MS = SECOND;
export const LONGEST_ASKED_WAIT_MS = 6 * HOUR;
/** A receiver that asks to be left alone is left alone altogether, but not for the whole of a long wait. */
export const LONGEST_REST_MS = 10 * MINUTE;

/** For one try, from the first byte to the last. */
export const TRY_MS = 15 * SECOND;

/** Whoever sends renews it every few seconds; it says how soon the dead are noticed. */
export const LEASE_SECONDS = 20;
export const RENEW_EVERY_MS = 5 * SECOND;
export const RENEW_AGAIN_MS = 500;
/** Far longer than a try and waiting for a database that is away: what lasts this long hangs. */
export const RENEW_FOR_MS = 2 * MINUTE;
/** Nothing is sent any more with so little left of the lease: somebody else may have it already. */
export const LEAST_LEASE_MS = 2 * SECOND;
/** Those of dead processes are looked for this often. */
export const LOST_EVERY_MS = 5 * SECOND;
export const LOST_AT_ONCE = 200;

/** Sends under way in one process, to all endpoints together. */
export const AT_ONCE = 64;
/** Between two claims while something is under way. */
export const CLAIM_EVERY_MS = 4;
/** So long is waited until a third of the places is free, so that they are filled together. */
export const CLAIM_AFTER_MS = 20;
/** An endpoint that answers at once has so much of its work claimed before there is room to send it. */
export const AHEAD_MS = 25;
/** Of one endpoint, however fast it answers. */
export const MOST_AHEAD = 64;
/** What was claimed ahead and has waited for longer is given back. */
export const AHEAD_FOR_MS = 500;
/** Endpoints whose pace a process remembers. */
export const PACES_KEPT = 500;
/** While so many results wait to be recorded, nothing more is claimed. */
export const MOST_UNRECORDED = 4 * AT_ONCE;
/** Of these, however many endpoints there are, each has so many. */
export const LEAST_SHARE = 2;
/** And no more than so many, even while nobody else wants any: when somebody does, there is room. */
export const MOST_SHARE = 48;
/** To an endpoint whose last try failed: what hangs holds no more of what others could use. */
export const AT_ONCE_IN_DOUBT = 2;
/** A burst that a rate allows: what waited for so long goes at once. */
export const RATE_BURST_MS = SECOND;

/** Failures in a row after which nothing is sent for a while. */
export const BREAKER_AFTER = 5;
/** Doubled each time the one try after it fails, too. */
export const BREAKER_FIRST_MS = 30 * SECOND;
export const BREAKER_MOST_MS = 10 * MINUTE;
/** A trial whose process died is made again after this: longer than a try and its recording. */
export const TRIAL_MS = 40 * SECOND;
/** Failures in a row after which an endpoint is taken for dead, and half of them, when somebody is told. */
export const DISABLE_AFTER = 100;
export const WARN_AFTER = 50;
/** Or the breaker has opened so often in a row: nothing was taken for some eight minutes, by few tries. */
export const WARN_AFTER_TRIPS = 5;
/** How exact an endpoint's last success is: written with each batch it would be its hottest row. */
export const SUCCESS_NOTED_EVERY_MS = 10 * SECOND;

/** Results that are recorded together. */
export const BATCH = 64;
/** The first of a batch waits for others no longer than this. */
export const BATCH_MS = 20;
/** While so many are being written, the next one goes on gathering. */
export const BATCHES_AT_ONCE = 2;
/** A database that is away is waited for this long before a result is lost, and the delivery made again. */
export const RECORD_AGAIN_MS: readonly number[] = [250, 500, 1_000, 2_000, 4_000, 8_000, 8_000];

/** Looked for when nothing announces new work. */
export const IDLE_SCAN_MS = SECOND;
/** Looked for again this soon where something is due and couldn't be had: others hold it. */
export const SCARCE_SCAN_MS = 250;
/** After failures in a row the next claim comes by chance, within twice as long each time, up to this. */
export const MOST_BACKOFF_MS = 16 * SECOND;

/** Whatever nobody heard of is found by then. */
export const SWEEP_EVERY_MS = 5 * MINUTE;
/** Due for longer than this, somebody should ask why. */
export const OVERDUE_AFTER_MS = 5 * MINUTE;
export const SWEPT_AT_ONCE = 1_000;
export const ENDPOINTS_WATCHED_EVERY_MS = 30 * SECOND;

/** Deliveries that one step of a job takes. */
export const JOB_STEP = 500;
export const JOBS_ASKED_EVERY_MS = 2 * SECOND;

/** Of an answer, what is kept. */
export const ANSWER_KEPT = 2_048;
