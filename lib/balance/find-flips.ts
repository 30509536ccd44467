/** Small exact subset sums. Pure. */
import { STRAY_MOST } from "./explain-policy.ts";

/** Thinking otherwise of one move: what that does to the sum, and how far it strays. */
export type Flip = { units: bigint; strays: number };

/** Moves thought of otherwise at all, sums kept in mind at once, and ways to the same sum. */
const MOST_FLIPS = 60;
const MOST_SUMS = 4_000;
const MOST_WAYS = 3;

type Way<F> = { flips: readonly F[]; strays: number };

/**
 * Sets of flips that add up to `target`, those that stray least first, a few at most; among moves of the
 * same amount the first ones are taken. Empty where none does, or none that strays little enough.
 */
export function findFlips<F extends Flip>(flips: readonly F[], target: bigint): Way<F>[] {
  const bySum = new Map<bigint, Way<F>[]>([[0n, [{ flips: [], strays: 0 }]]]);
  // Those that explain well come first, so that they are in when the memory is full.
  const sorted = flips
    .filter(({ units }) => units !== 0n)
    .toSorted((left, right) => left.strays - right.strays);
  for (const flip of sorted.slice(0, MOST_FLIPS)) {
    if (bySum.size > MOST_SUMS) break;
    for (const [sum, ways] of [...bySum]) {
      for (const way of [...ways]) {
        const strays = way.strays + flip.strays;
        if (strays > STRAY_MOST) continue;
        remember(bySum, sum + flip.units, { flips: [...way.flips, flip], strays });
      }
    }
  }
  return bySum.get(target) ?? [];
}

function remember<F>(bySum: Map<bigint, Way<F>[]>, sum: bigint, way: Way<F>): void {
  const known = bySum.get(sum) ?? [];
  const place = known.findIndex(({ strays }) => strays > way.strays);
  const at = place === -1 ? known.length : place;
  if (at >= MOST_WAYS) return;
  bySum.set(sum, known.toSpliced(at, 0, way).slice(0, MOST_WAYS));
}
