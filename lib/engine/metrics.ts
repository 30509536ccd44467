import type { AlertLoad } from "#lib/alerts/read-alert-load.ts";
import type { DeliveryLoad } from "#lib/deliveries/read-load.ts";
import type { CallTally } from "#lib/suppliers/read-budget.ts";

/** What `/api/metrics` tells, read at once from the database: any process answers for all of them. */
export type Metrics = {
  openOrders: { status: string; isMock: boolean; count: number }[];
  openSignals: { key: string; count: number }[];
  alerts: AlertLoad[];
  engine: { workers: number; isLate: boolean; beatAgeSeconds: number | null };
  suppliers: SupplierMetrics[];
  deliveries: DeliveryLoad;
  balances: { supplier: string; currency: string; available: number }[];
};

/** Of one account, by its slug. Durations in seconds, rates by the second. */
export type SupplierMetrics = {
  supplier: string;
  waiting: number;
  due: number;
  overdue: number;
  oldestDueSeconds: number;
  retrying: number;
  completedLastHour: number;
  /** Null where nothing was completed. */
  looksPerCompleted: number | null;
  pollCallsPerCompleted: number | null;
  /** Half of what lies between two looks; null where nothing young is open. */
  detectionDelaySeconds: number | null;
  ratePerSecond: number;
  rateLimitPerSecond: number;
  tokens: Record<string, number>;
  blockedSeconds: number;
  breaker: "closed" | "open" | "half_open";
  congestion: number;
  mode: "single" | "sweep";
  calls: CallTally[];
};

/** Calls that ask whether there is news; the others are made for their own sake. */
export const asksForNews = ({ what }: Pick<CallTally, "what">): boolean =>
  what === "look" || what === "sweep";
