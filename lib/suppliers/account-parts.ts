import { type AccountHealth, createAccountHealth } from "./account-health.ts";
import { AT_ONCE, type AtOnce } from "./call-budget.ts";
import { createPlaces, type Places } from "./places.ts";
import { createTurns, type Turns } from "./turn.ts";
import { type UnstatedWait, unstatedWait } from "./unstated-wait.ts";

/** Of the places for reads, for those around a purchase. */
const KEPT_PLACES = 1;

/** What this process keeps of an account beside its connection. */
export type Parts = {
  places: Record<"read" | "write", Places>;
  turns: Turns;
  unstated: UnstatedWait;
  health: AccountHealth;
};

/** By account; kept when one is connected anew, since what it bears is the account's. */
export function createParts(clock: { ticks: () => number; knownForMs: number }): {
  of(account: { id: string }): Parts;
  /** So many processes make calls now: each gets its part of what may be in flight. */
  shareBetween(processes: number): void;
} {
  const all = new Map<string, Parts & { share(): void }>();
  let processes = 1;

  function make(id: string): Parts & { share(): void } {
    const places = {
      read: createPlaces(AT_ONCE.reads, KEPT_PLACES),
      write: createPlaces(AT_ONCE.writes, 0),
    };
    let atOnce = AT_ONCE;
    function share(): void {
      places.read.resize(Math.max(1, Math.floor(atOnce.reads / processes)));
      places.write.resize(Math.max(1, Math.floor(atOnce.writes / processes)));
    }
    const onAtOnce = (next: AtOnce) => {
      const isNew = next.reads !== atOnce.reads || next.writes !== atOnce.writes;
      atOnce = next;
      if (isNew) share();
    };
    share();
    return {
      places,
      turns: createTurns(id, { ...clock, onAtOnce }),
      unstated: unstatedWait(),
      health: createAccountHealth(id),
      share,
    };
  }

  return {
    of({ id }) {
      const known = all.get(id) ?? make(id);
      all.set(id, known);
      return known;
    },
    shareBetween(next) {
      processes = Math.max(1, next);
      for (const { share } of all.values()) share();
    },
  };
}
