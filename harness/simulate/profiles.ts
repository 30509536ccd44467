import type { FaultRates } from "./faults.ts";

/**
 * Which faults a run has, and how likely each is at each of its occasions. A run has a few dozen calls
 * and a few hundred steps, so a hundredth is often, for a step.
 */
export type Profile = {
  /** How often a run takes it when none is asked for. */
  weight: number;
  rates: FaultRates;
  /** What Keyhold takes for granted, and this profile doesn't keep: an unexplained purchase may happen then, seen. */
  breaks?: "landing" | "list" | "capability";
  /** Others place orders with the account too. */
  foreign?: boolean;
  /** For a while the supplier, or the database, can't be reached at all. */
  outages?: boolean;
  /** An order that isn't paid runs out this soon. */
  paymentWindowMs?: number;
};

const CALLS: FaultRates = {
  not_sent: 0.03,
  lost_before: 0.05,
  lost_after: 0.08,
  late_landing: 0.06,
  error_before: 0.03,
  error_after: 0.05,
  rate_limited: 0.04,
  truncated: 0.02,
  html: 0.02,
  empty: 0.02,
  wrong_types: 0.02,
  slow: 0.04,
  odd_refusal: 0.01,
  price_moves: 0.02,
  never_lands: 0.05,
};

const PROCESSES: FaultRates = { crash: 0.012, stop: 0.008 };
const DATABASE: FaultRates = { database_away: 0.01, commit_refused: 0.02, commit_lost: 0.03 };
const LISTS: FaultRates = { list_lags: 0.3, list_doubles: 0.3, list_drifts: 0.3 };

const FILTER: FaultRates = { filter_ignored: 0.1, filter_omits: 0.2, page_repeated: 0.1 };

const TALES: FaultRates = {
  old_news: 0.12,
  skipped_ahead: 0.05,
  unknown_word: 0.06,
  code_changed: 0.12,
  codes_fewer: 0.1,
  codes_more: 0.06,
  code_repeated: 0.05,
  price_unclear: 0.03,
  codes_though_failed: 0.3,
};

export const PROFILES = {
  calm: { weight: 1, rates: {} },
  processes: {
    weight: 5,
    rates: { ...PROCESSES, lost_after: 0.04, lost_before: 0.04, filter_omits: 0.2 },
  },
  database: { weight: 3, rates: { ...DATABASE, crash: 0.004, lost_after: 0.05 } },
  calls: { weight: 5, rates: CALLS },
  lists: {
    weight: 3,
    rates: { ...LISTS, ...FILTER, lost_after: 0.2, lost_before: 0.1, late_landing: 0.1 },
  },
  foreign: {
    weight: 3,
    rates: { lost_after: 0.15, lost_before: 0.15, late_landing: 0.1, crash: 0.004 },
    foreign: true,
  },
  payments: {
    weight: 2,
    rates: { pay_unclear: 0.5, crash: 0.006, stop: 0.006 },
    paymentWindowMs: 90_000,
  },
  outages: {
    weight: 2,
    rates: { lost_after: 0.05, crash: 0.004 },
    outages: true,
  },
  tales: { weight: 2, rates: { ...TALES, lost_after: 0.04 } },
  storm: {
    weight: 6,
    rates: {
      ...half(CALLS),
      ...PROCESSES,
      ...half(DATABASE),
      ...half(LISTS),
      ...half(FILTER),
      ...half(TALES),
    },
  },
  "beyond-q": {
    weight: 2,
    rates: { very_late_landing: 0.3, lost_after: 0.05, crash: 0.002 },
    breaks: "landing",
  },
  misjudged: {
    weight: 1,
    rates: { lost_after: 0.1, crash: 0.004 },
    breaks: "capability",
  },
  omissions: {
    weight: 1,
    rates: { list_omits: 0.5, lost_after: 0.3, late_landing: 0.1 },
    breaks: "list",
  },
} as const satisfies Record<string, Profile>;

export type ProfileName = keyof typeof PROFILES;

export const profileOf = (name: ProfileName): Profile => PROFILES[name];

export const isProfile = (name: string): name is ProfileName => Object.hasOwn(PROFILES, name);

function half(rates: FaultRates): FaultRates {
  return Object.fromEntries(Object.entries(rates).map(([kind, rate]) => [kind, rate / 2]));
}
