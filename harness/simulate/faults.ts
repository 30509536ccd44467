/** What may go wrong, and whether it does. Each occasion has a name, so that a run can be made shorter. */
import { draw } from "./chance.ts";

export const FAULT_KINDS = [
  // A process
  "crash",
  "stop",
  // The database
  "database_away",
  "commit_refused",
  "commit_lost",
  // A call
  "not_sent",
  "lost_before",
  "lost_after",
  "late_landing",
  "very_late_landing",
  "error_before",
  "error_after",
  "rate_limited",
  "truncated",
  "html",
  "empty",
  "wrong_types",
  "slow",
  "odd_refusal",
  "price_moves",
  "pay_unclear",
  // Every create of one order, for as long as things go wrong
  "never_lands",
  // What the supplier says of an order
  "old_news",
  "skipped_ahead",
  "unknown_word",
  "code_changed",
  "codes_fewer",
  "codes_more",
  "code_repeated",
  "price_unclear",
  "codes_though_failed",
  // Its list
  "list_lags",
  "list_doubles",
  "list_drifts",
  "list_omits",
  // Its list by state
  "filter_ignored",
  "filter_omits",
  "page_repeated",
  // What it tells by itself
  "push_late",
  "push_doubled",
  "push_stale",
  "push_foreign",
  // Its socket
  "socket_down",
  "socket_mute",
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

/** How likely each is at each of its occasions. */
export type FaultRates = Partial<Record<FaultKind, number>>;

export type Faults = {
  /**
   * Whether it happens at this occasion; each occasion is asked about once.
   * @param atLeast how likely it is here, where such things happen at all
   */
  fires(kind: FaultKind, occasion: string, atLeast?: number): boolean;
  /** The names of those that did, in order. */
  fired(): readonly string[];
};

/** @param only where given, nothing else happens than these */
export function createFaults(
  seed: number,
  rates: FaultRates,
  isOver: () => boolean,
  only: ReadonlySet<string> | null,
): Faults {
  const fired: string[] = [];
  return {
    fires(kind, occasion, atLeast = 0) {
      const rate = rates[kind];
      if (!rate || isOver()) return false;
      const name = `${kind}@${occasion}`;
      if (only && !only.has(name)) return false;
      if (draw(seed, "fault", name) >= Math.max(rate, atLeast)) return false;
      fired.push(name);
      return true;
    },
    fired: () => fired,
  };
}
