import type { CallTally } from "#lib/suppliers/read-budget.ts";

export type KindOfCall = {
  what: string;
  lastMinute: number;
  lastHour: number;
  /** Of the last hour's: those that brought something new; null where that isn't the question. */
  useful: number | null;
  /** Of the last hour's: those that were asked to wait, or got no answer. */
  failed: number;
};

/** Calls that ask whether there is news. What they took for each order is the price of knowing. */
const asking = ["look", "sweep"];

/** Calls by what they were for, whatever came of them; the most frequent first. */
export function callsByKind(calls: readonly CallTally[]): KindOfCall[] {
  const whats = [...new Set(calls.map(({ what }) => what))];
  return whats
    .map((what) => {
      const tallies = calls.filter((tally) => tally.what === what);
      return {
        what,
        lastMinute: sum(tallies, ({ lastMinute }) => lastMinute),
        lastHour: sum(tallies, ({ lastHour }) => lastHour),
        useful: asking.includes(what) ? sum(tallies, ({ usefulLastHour }) => usefulLastHour) : null,
        failed: sum(tallies, ({ outcome, lastHour }) =>
          outcome === "limited" || outcome === "failed" ? lastHour : 0,
        ),
      };
    })
    .sort((left, right) => right.lastHour - left.lastHour || (left.what < right.what ? -1 : 1));
}

export type Totals = {
  lastMinute: number;
  lastHour: number;
  /** Of the last hour's calls that ask for news, the share that had some; null where none asked. */
  usefulShare: number | null;
  /** Calls that ask for news, for each order that completed within the hour; null where none did. */
  perCompleted: number | null;
};

/** All kinds together. */
export function totalsOf(kinds: readonly KindOfCall[], completed: number): Totals {
  const asked = sum(kinds, ({ useful, lastHour }) => (useful === null ? 0 : lastHour));
  return {
    lastMinute: sum(kinds, ({ lastMinute }) => lastMinute),
    lastHour: sum(kinds, ({ lastHour }) => lastHour),
    usefulShare: asked > 0 ? sum(kinds, ({ useful }) => useful ?? 0) / asked : null,
    perCompleted: completed > 0 ? asked / completed : null,
  };
}

const sum = <T>(all: readonly T[], of: (one: T) => number): number =>
  all.reduce((total, one) => total + of(one), 0);
