/** When an open order is looked at next: all the numbers, with their reasons. Pure. */
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Nothing is looked at more often than this, whatever is known of it. */
export const LEAST_WAIT_MS = SECOND;
/** FoxReload's guides: 3 s, each wait 1.5 times the last, at most 15 s. */
const BACKOFF = { firstMs: 3 * SECOND, shareOfAge: 0.5, capMs: 15 * SECOND };
/** Another of its guides: every 5 s for a minute, then every 15 to 30 s. */
const STEADY = { everyMs: 5 * SECOND, forMs: MINUTE, thenMs: 22.5 * SECOND, thenJitter: 1 / 3 };
/** What was learnt may be out of date: no order that could be over waits for longer than this. */
const LEARNED_CAP_MS = 30 * SECOND;
/** With fewer past orders than this, a product's times are a guess. */
export const LEAST_SAMPLES = 20;
/** How likely news should be at a look. Fewer calls than looking every 5 s, and no later: `bench/p5-model.ts`. */
export const LOOK_THRESHOLD = 0.08;
/** A normal order ends within a minute; from then on it is slow, later stuck, and never forgotten. */
export const FAST_PHASE_MS = 10 * MINUTE;
const SLOW_LANES = [
  { fromMs: 24 * HOUR, everyMs: HOUR },
  { fromMs: HOUR, everyMs: 15 * MINUTE },
  { fromMs: FAST_PHASE_MS, everyMs: 5 * MINUTE },
];
/** Orders placed in one batch drift apart. */
const JITTER = 0.2;
/** However many orders there are, a wait is not stretched beyond all sense. */
export const MOST_CONGESTION = 1_000;
/** An order that the sweeps cover is looked at by itself once it was due and this many didn't show it. */
const SWEEPS_MISSED = 3;

/**
 * However often a list has shown an order where it was: at this age, and at each doubling of it, it is
 * read by itself, so that a list that lags can't hide its end for longer.
 */
const READ_ANYWAY_MS = 2 * MINUTE;

/**
 * Where the supplier tells by itself at present, looks only make sure: so many times seldomer, and no seldomer than
 * this because of it. It may be silent about the one order that matters.
 */
const TOLD_STRETCH = 6;
export const MOST_TOLD_WAIT_MS = MINUTE;

/** How an order's waits are chosen; the same for all orders of a supplier and the same products. */
export type Pace = {
  settings: { schedule: { preset: "backoff" | "steady" | "learned"; threshold: number } };
  /**
   * Milliseconds from payment to completion of past orders for the same goods: quantiles at equal
   * steps from 0 to 1, ascending. Null where too little is known.
   */
  curve: readonly number[] | null;
  /** Every wait is stretched by this, since the budget bears less than the schedules ask for. */
  congestion: number;
  /** Where the supplier's list is swept, how often: young paid orders leave their looks to it. */
  sweepEveryMs: number | null;
  /** The supplier tells by itself at present: its socket is alive, or its messages come. */
  isTold: boolean;
};

export const DEFAULT_PACE: Pace = {
  settings: { schedule: { preset: "learned", threshold: LOOK_THRESHOLD } },
  curve: null,
  congestion: 1,
  sweepEveryMs: null,
  isTold: false,
};

export type Watched = {
  /** Since it came to its status. */
  ageMs: number;
  /** Since it was first known to be paid; null unless it is `paid` or `processing`. */
  paidForMs: number | null;
  pace: Pace;
};

/** `everyMs` is the wait that the schedule asks for; `inMs` the one to be kept, stretched and jittered. */
export type NextLook = { inMs: number; everyMs: number };

/**
 * When to look at an order again. Both waits are whole, finite and at least a second, whatever comes
 * in: an order that nothing else would tell us about is looked at for ever.
 * @param random in [0, 1)
 */
export function nextLook({ ageMs, paidForMs, pace }: Watched, random: number): NextLook {
  const age = atLeastZero(paidForMs ?? ageMs);
  const plain = plainWait(age, paidForMs, pace);
  const { jitter } = plain;
  const everyMs = pace.isTold ? toldWait(plain.everyMs) : plain.everyMs;
  const congestion = Math.min(MOST_CONGESTION, Math.max(1, pace.congestion || 1));
  const jittered = everyMs * congestion * (1 + jitter * (2 * random - 1));
  const wait =
    pace.sweepEveryMs !== null && isSwept(paidForMs)
      ? Math.min(
          readAnywayInMs(age),
          Math.max(jittered, everyMs + SWEEPS_MISSED * pace.sweepEveryMs * (1 + JITTER * random)),
        )
      : jittered;
  return { inMs: Math.round(Math.max(LEAST_WAIT_MS, wait)), everyMs: Math.round(everyMs) };
}

/** Slow lanes are slower than that already. */
const toldWait = (everyMs: number): number =>
  Math.max(everyMs, Math.min(MOST_TOLD_WAIT_MS, everyMs * TOLD_STRETCH));

/** Until the order is old enough to be read by itself, whatever a list shows. */
function readAnywayInMs(age: number): number {
  let at = READ_ANYWAY_MS;
  while (at <= age) at *= 2;
  return at - age;
}

/** Whether a sweep looks after an order: a slow one would be on every page, and is asked for seldom. */
export const isSwept = (paidForMs: number | null): boolean =>
  paidForMs !== null && atLeastZero(paidForMs) < FAST_PHASE_MS;

function plainWait(
  age: number,
  paidForMs: number | null,
  { settings, curve, sweepEveryMs }: Pace,
): { everyMs: number; jitter: number } {
  const lane = SLOW_LANES.find(({ fromMs }) => age >= fromMs);
  if (lane) return { everyMs: lane.everyMs, jitter: JITTER };
  const { preset, threshold } = settings.schedule;
  if (preset === "learned" && curve !== null && paidForMs !== null) {
    const everyMs = learnedWait(age, curve, threshold);
    if (everyMs !== null) return { everyMs, jitter: JITTER };
  }
  const plain = presetWait(age, preset);
  if (sweepEveryMs === null || paidForMs === null) return plain;
  // A sweep costs no more for one order more, and its plan reckons with all of them.
  return { ...plain, everyMs: Math.min(plain.everyMs, Math.max(LEAST_WAIT_MS, sweepEveryMs)) };
}

function presetWait(
  age: number,
  preset: Pace["settings"]["schedule"]["preset"],
): { everyMs: number; jitter: number } {
  if (preset === "steady") {
    return age < STEADY.forMs
      ? { everyMs: STEADY.everyMs, jitter: JITTER }
      : { everyMs: STEADY.thenMs, jitter: STEADY.thenJitter };
  }
  const { firstMs, shareOfAge, capMs } = BACKOFF;
  return { everyMs: Math.min(capMs, firstMs + age * shareOfAge), jitter: JITTER };
}

/** The chance that an order open at `fromMs` is over by `toMs`; null beyond all that was ever seen. */
export function chanceOfNews(
  curve: readonly number[],
  fromMs: number,
  toMs: number,
): number | null {
  const openNow = 1 - shareDone(curve, fromMs);
  return openNow > 0 ? (shareDone(curve, toMs) - shareDone(curve, fromMs)) / openNow : null;
}

/** Null where past orders say nothing: this one has outlasted them all, or the curve is none. */
function learnedWait(age: number, curve: readonly number[], threshold: number): number | null {
  const done = shareDone(curve, age);
  if (!(done < 1)) return null;
  const at = timeOf(curve, done + (1 - done) * threshold);
  const wait = at - age;
  return Number.isFinite(wait) ? Math.min(LEARNED_CAP_MS, Math.max(LEAST_WAIT_MS, wait)) : null;
}

/** The share of past orders that were over by `ms`, straight between two quantiles. */
function shareDone(curve: readonly number[], ms: number): number {
  const last = curve.length - 1;
  const after = curve.findIndex((quantile) => quantile > ms);
  if (after === 0) return 0;
  if (after < 0) return 1;
  const from = curve[after - 1] ?? 0;
  const to = curve[after] ?? from;
  return (after - 1 + (to > from ? (ms - from) / (to - from) : 0)) / last;
}

/** By when this share of past orders was over. */
function timeOf(curve: readonly number[], share: number): number {
  const place = Math.min(1, share) * (curve.length - 1);
  const before = Math.floor(place);
  const from = curve[before] ?? Number.NaN;
  const to = curve[before + 1] ?? from;
  return from + (to - from) * (place - before);
}

const atLeastZero = (ms: number): number => Math.max(0, ms || 0);
