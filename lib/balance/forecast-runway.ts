/** How long an account lasts at the rates of its last hour, day and week. Pure. */
import { compareAmounts } from "#lib/platform/money.ts";
import type { Burn, RunwayView } from "./types.ts";
import { fromUnits, toUnits } from "./units.ts";

export const BURN_HOURS = [1, 24, 168] as const;
/** A window that samples tell less of than this says nothing. */
const LEAST_COVERED_HOURS = 0.25;

/** What an account had when a window began, and what was put in since; `since` is when samples begin. */
export type Spell = { hours: number; since: Date; then: string; putIn: string };

/**
 * Money that came in counts as such, the rest as spent; a window that begins before the first sample
 * counts from there. Hours are rounded down to a tenth: a forecast that errs should err on this side.
 */
export function forecastRunway(
  { available, free }: { available: string; free: string },
  spells: readonly Spell[],
  now: Date,
): Pick<RunwayView, "burns" | "lasts"> {
  const burns = spells.flatMap((spell) => burnOf(spell, available, free, now));
  const spending = burns.flatMap(({ lasts }) => (lasts === null ? [] : [lasts]));
  if (spending.length === 0) return { burns, lasts: null };
  const isQuiet = burns.some(({ lasts }) => lasts === null);
  const atMost = isQuiet ? null : Math.max(...spending);
  return { burns, lasts: { atLeast: Math.min(...spending), atMost } };
}

function burnOf(
  { hours, since, then, putIn }: Spell,
  available: string,
  free: string,
  now: Date,
): Burn[] {
  const ms = Math.min(now.getTime() - since.getTime(), hours * 3_600_000);
  const covered = ms / 3_600_000;
  // Clocks may differ; and a young history of a long window would be that of a short one once more.
  if (covered < LEAST_COVERED_HOURS || ms <= 0) return [];
  const net = toUnits(then) + toUnits(putIn) - toUnits(available);
  const spent = net > 0n ? net : 0n;
  const perHour = fromUnits((spent * 3_600_000n) / BigInt(Math.ceil(ms)));
  return [
    {
      hours,
      covered: tenth(covered),
      spent: fromUnits(spent),
      perHour,
      lasts: lasting(free, spent, ms),
    },
  ];
}

function lasting(free: string, spent: bigint, ms: number): number | null {
  if (spent === 0n) return null;
  if (compareAmounts(free, "0") <= 0) return 0;
  return Number((toUnits(free) * BigInt(Math.floor(ms)) * 10n) / (spent * 3_600_000n)) / 10;
}

const tenth = (hours: number): number => Math.floor(hours * 10) / 10;
