/** What may be wrong with an account. Pure: data where it holds, null where not, "keep" where it can't be told. */
import type { SignalData } from "#lib/signals/types.ts";
import type { AccountFacts } from "./account-facts.ts";

export type Verdict = SignalData | null | "keep";

/** Failed calls that are more than bad luck, and the share of all from which an account is down. */
const DOWN_FAILED = 10;
const DOWN_SHARE = 0.5;
/** Fewer than this of the latest calls fail: it is there again. */
const BACK_SHARE = 0.2;
/** The breaker opened, and its first trial failed, too. */
const DOWN_TRIPS = 2;
/** Answers that make an average. */
const SLOW_CALLS = 5;
/** It has recovered below this part of the line. */
const FAST_AGAIN = 0.75;
/** Refused messages that are more than somebody's mistake. */
const PUSH_REFUSALS = 3;
/** While genuine ones come, others are somebody's noise; and long after the last of them, nobody sends any more. */
const PUSH_QUIET_MS = 15 * 60_000;
const PUSH_OVER_MS = 24 * 60 * 60_000;
/** Minutes of the last ten in which calls were too many. */
const LIMITED_MINUTES = 3;

const share = (failed: number, calls: number): number => (calls === 0 ? 0 : failed / calls);
const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** Most calls fail, or the breaker stays open. */
export function judgeDown(facts: AccountFacts): Verdict {
  const { calls, failed, callsNow, failedNow, isTripped, trips, open, lastError } = facts;
  const isDown =
    (isTripped && trips >= DOWN_TRIPS) ||
    (failed >= DOWN_FAILED &&
      share(failed, calls) >= DOWN_SHARE &&
      share(failedNow, callsNow) >= BACK_SHARE);
  if (isDown) return { failed, calls, error: lastError };
  // While nobody calls it, nobody knows that it is back.
  const isBack = !isTripped && callsNow > 0 && share(failedNow, callsNow) < BACK_SHARE;
  return open.includes("supplier_down") && !isBack ? "keep" : null;
}

/** Answers take long on average. */
export function judgeSlowness(facts: AccountFacts): Verdict {
  const { answered, answeredMs, settings, open } = facts;
  if (answered < SLOW_CALLS) return open.includes("supplier_slow") ? "keep" : null;
  const meanMs = Math.round(answeredMs / answered);
  const slowAfterMs = settings.slowAnswerMs;
  const isOpen = open.includes("supplier_slow");
  if (meanMs < slowAfterMs * (isOpen ? FAST_AGAIN : 1)) return null;
  return isOpen ? "keep" : { meanMs, slowAfterMs, calls: answered };
}

/** It asks for fewer calls again and again, though it is asked ever less often. */
export function judgeLimits({
  limited,
  limitedMinutes,
  ratePerMinute,
  open,
}: AccountFacts): Verdict {
  if (limited === 0) return null;
  if (open.includes("supplier_limiting")) return "keep";
  if (limitedMinutes < LIMITED_MINUTES) return null;
  return { count: limited, minutes: limitedMinutes, ratePerMinute: Math.round(ratePerMinute) };
}

/** Since it refused its key, nothing was answered. */
export function judgeKeyRefused({
  keyRefusedAt,
  lastOkAt,
  lastError,
  open,
}: AccountFacts): Verdict {
  if (keyRefusedAt === null || (lastOkAt !== null && lastOkAt > keyRefusedAt)) return null;
  if (open.includes("key_refused")) return "keep";
  return { at: keyRefusedAt.toISOString(), error: lastError };
}

/** What comes in its name isn't proved to be its own, and nothing that is has come since. */
export function judgePushRefused(facts: AccountFacts, now: Date): Verdict {
  const { pushRefusals, pushRefusedAt: at, pushRefusedWhy: why, messageAt, open } = facts;
  if (at === null || (messageAt !== null && messageAt > at)) return null;
  if (open.includes("push_refused")) {
    return now.getTime() - at.getTime() < PUSH_OVER_MS ? "keep" : null;
  }
  const isQuiet = messageAt === null || now.getTime() - messageAt.getTime() >= PUSH_QUIET_MS;
  const isLate = now.getTime() - at.getTime() < PUSH_QUIET_MS;
  return pushRefusals >= PUSH_REFUSALS && isQuiet && isLate ? { why, at: iso(at) } : null;
}

export function judgeBalanceAge(facts: AccountFacts, now: Date): Verdict {
  if (!facts.tellsBalance) return null;
  return judgeAge(facts, "balance_stale", facts.balanceAt, facts.settings.balanceStaleMs, now);
}

/** Nobody walks through it while polling is paused. */
export function judgeCatalogAge(facts: AccountFacts, now: Date): Verdict {
  const { pollingPausedUntil: paused, catalogAt, settings, tellsCatalog } = facts;
  if (!tellsCatalog) return null;
  const isHeldUp = paused !== null && now.getTime() - paused.getTime() < settings.catalogOutdatedMs;
  if (isHeldUp) return "keep";
  return judgeAge(facts, "catalog_outdated", catalogAt, settings.catalogOutdatedMs, now);
}

/** Older than it may be, although somebody has been asking for it for so long. */
function judgeAge(
  { awakeSince, connectedAt, lastErrorAt, lastError, open }: AccountFacts,
  key: "balance_stale" | "catalog_outdated",
  at: Date | null,
  afterMs: number,
  now: Date,
): Verdict {
  const from = at ?? connectedAt;
  if (now.getTime() - from.getTime() < afterMs) return null;
  if (open.includes(key)) return "keep";
  // An account that is down has one alert, and an engine that doesn't run another.
  if (open.includes("supplier_down") || open.includes("key_refused")) return "keep";
  if (awakeSince === null || now.getTime() - awakeSince.getTime() < afterMs) return "keep";
  const isSince = lastErrorAt !== null && lastErrorAt > from;
  return { at: iso(at), afterMs, problem: isSince ? lastError : null };
}
