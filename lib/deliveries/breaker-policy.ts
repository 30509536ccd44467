import {
  BREAKER_AFTER,
  BREAKER_FIRST_MS,
  BREAKER_MOST_MS,
  DISABLE_AFTER,
  LONGEST_REST_MS,
  WARN_AFTER,
  WARN_AFTER_TRIPS,
} from "./delivery-schedule.ts";
import type { ErrorKind } from "./types.ts";

/** What an endpoint's tries came to by now. */
export type Health = {
  /** Failed in a row. */
  failures: number;
  /** How often in a row the breaker opened; above 0 one try at a time is made. */
  trips: number;
  /** Nothing is sent before. */
  openUntil: Date | null;
  isWarned: boolean;
};

/** A try's outcome, as far as it says something about the endpoint. */
export type Verdict =
  | { kind: "success" }
  | { kind: "failure"; errorKind: ErrorKind; askedMs: number | null; isTrial: boolean }
  /** Of our own making: nothing was sent, or nobody knows what came of it. */
  | { kind: "nothing"; isTrial: boolean };

export type Judged = Health & {
  disable: "gone" | "failure_budget" | null;
  /** Half of the failure budget is used up, or nothing was taken for minutes; said once. */
  isToWarn: boolean;
  hasRecovered: boolean;
};

/** These say nothing about the endpoint. */
const OURS: readonly ErrorKind[] = ["payload_unready", "interrupted"];

/** @param isTrial made while the breaker was half open: it alone says whether that closes */
export function verdictOf(
  errorKind: ErrorKind | null,
  askedMs: number | null,
  isTrial: boolean,
): Verdict {
  if (errorKind === null) return { kind: "success" };
  if (OURS.includes(errorKind)) return { kind: "nothing", isTrial };
  return { kind: "failure", errorKind, askedMs, isTrial };
}

/**
 * What an endpoint comes to with the outcomes of tries, in the order in which they ended. Tries that were
 * under way while the breaker opened don't open it further. Pure.
 */
export function judge(before: Health, verdicts: readonly Verdict[], now: Date): Judged {
  let health = { ...before };
  let disable: Judged["disable"] = null;
  let isToWarn = false;
  let hasRecovered = false;
  for (const verdict of verdicts) {
    if (verdict.kind === "nothing") {
      // Whether it works is as open as before: the next one may try.
      if (verdict.isTrial && health.trips > 0) health = { ...health, openUntil: now };
      continue;
    }
    if (verdict.kind === "success") {
      hasRecovered ||= health.isWarned;
      // A rest that was asked for isn't over with an answer to something sent before.
      const openUntil = health.trips === 0 ? health.openUntil : null;
      health = { failures: 0, trips: 0, openUntil, isWarned: false };
      continue;
    }
    const failures = health.failures + 1;
    health = { ...health, failures };
    if (verdict.errorKind === "gone") disable ??= "gone";
    else if (failures >= DISABLE_AFTER) disable ??= "failure_budget";
    const isFirst = health.trips === 0 && failures >= BREAKER_AFTER;
    if (isFirst || (verdict.isTrial && health.trips > 0)) health = opened(health, now);
    if (verdict.errorKind === "limited") health = rested(health, verdict.askedMs, now);
    const isDead = failures >= WARN_AFTER || health.trips >= WARN_AFTER_TRIPS;
    if (isDead && !health.isWarned) {
      isToWarn = true;
      health = { ...health, isWarned: true };
    }
  }
  return { ...health, disable, isToWarn: isToWarn && health.isWarned, hasRecovered };
}

/** How long the breaker stays open for the so-manieth time in a row. */
export const openForMs = (trips: number): number =>
  Math.min(BREAKER_MOST_MS, BREAKER_FIRST_MS * 2 ** Math.min(30, trips - 1));

function opened(health: Health, now: Date): Health {
  const trips = health.trips + 1;
  return { ...health, trips, openUntil: new Date(now.getTime() + openForMs(trips)) };
}

/** Asked for silence, it is given it; other deliveries would only be told the same. */
function rested(health: Health, askedMs: number | null, now: Date): Health {
  if (askedMs === null) return health;
  const until = now.getTime() + Math.min(LONGEST_REST_MS, Math.max(0, askedMs));
  return { ...health, openUntil: new Date(Math.max(until, health.openUntil?.getTime() ?? 0)) };
}
