import type { BudgetView } from "#lib/suppliers/read-budget.ts";

/** How an account is; each has its word and its sentence in `suppliers.health.*`. */
export type Health =
  | "unknown"
  | "ok"
  /** It asked for fewer requests a while ago, and is asked less since. */
  | "slowed"
  /** It asked for silence. */
  | "silenced"
  | "erroring"
  /** So many calls failed in a row that none is made for a while. */
  | "paused"
  /** The while is over: one call tries. */
  | "trying";

/** Less than this share of what is allowed is worth a word; the rate creeps up by itself. */
const FULL_RATE = 0.95;

export const isSlowed = ({ rate, callsPerMinute }: BudgetView): boolean =>
  rate < callsPerMinute * FULL_RATE;

export function healthOf(budget: BudgetView, nowMs: number): Health {
  const { blockedUntil, breaker, openUntil, lastOkAt, lastErrorAt } = budget;
  if (timeOf(blockedUntil) > nowMs) return "silenced";
  if (breaker === "open" && timeOf(openUntil) > nowMs) return "paused";
  if (breaker !== "closed") return "trying";
  if (lastOkAt === null && lastErrorAt === null) return "unknown";
  if (timeOf(lastErrorAt) > timeOf(lastOkAt)) return "erroring";
  return isSlowed(budget) ? "slowed" : "ok";
}

/** Since when it has been so, as far as that is known. */
export function healthSince(budget: BudgetView, health: Health): string | null {
  return health === "silenced" || health === "slowed" ? budget.slowedAt : budget.lastOkAt;
}

const timeOf = (at: string | null): number => (at === null ? 0 : Date.parse(at));
