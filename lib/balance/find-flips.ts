/** Small exact subset sums. Pure. */
import { STRAY_MOST } from "./explain-policy.ts";

/** Thinking otherwise of one move: what that does to the sum, and how far it strays. */
export type Flip = { units: bigint; strays: number };

/** What is left of the work that a search may make; whoever searches takes from it. */
export type Budget = { left: number };

/** Moves thought of otherwise at all, sums kept in mind at once, and ways to the same sum. */
const MOST_FLIPS = 60;
const MOST_SUMS = 4_000;
const MOST_WAYS = 3;
/** Looked through one after the other, so that a search that is cut short has seen the likeliest ways. */
const LEVELS = [2, 4, STRAY_MOST];

type Way<F> = { flips: readonly F[]; strays: number };
/** A way by its last flip and what it goes on from. */
type Link<F> = { flip: F | null; from: Link<F> | null; strays: number };

/**
 * Sets of flips that add up to `target`, those that stray least first, a few at most; among moves of the
 * same amount the first ones are taken. Empty where none does, or none that strays little enough, or none
 * was found before the budget was used up: what is answered is never worse than a way that wasn't tried.
 */
export function findFlips<F extends Flip>(
  flips: readonly F[],
  target: bigint,
  budget: Budget,
): Way<F>[] {
  // Those that explain well come first, so that they are in when the memory is full.
  const sorted = flips
    .filter(({ units }) => units !== 0n)
    .toSorted((left, right) => left.strays - right.strays)
    .slice(0, MOST_FLIPS);
  let best: Link<F>[] = [];
  for (const most of LEVELS) {
    const found = sumsWithin(sorted, target, most, budget);
    if (found === null) break;
    const [first] = found;
    if (first && first.strays <= (best[0]?.strays ?? first.strays)) best = found;
  }
  return best.map((link) => ({ flips: flipsOf(link), strays: link.strays }));
}

/** The ways that stray no further than `most`; null where the budget is used up before all were tried. */
function sumsWithin<F extends Flip>(
  flips: readonly F[],
  target: bigint,
  most: number,
  budget: Budget,
): Link<F>[] | null {
  const bySum = new Map<bigint, Link<F>[]>([[0n, [{ flip: null, from: null, strays: 0 }]]]);
  for (const flip of flips) {
    if (flip.strays > most || bySum.size > MOST_SUMS) break;
    for (const [sum, ways] of [...bySum]) {
      for (const from of [...ways]) {
        budget.left -= 1;
        if (budget.left < 0) return null;
        const strays = from.strays + flip.strays;
        if (strays <= most) remember(bySum, sum + flip.units, { flip, from, strays });
      }
    }
  }
  return bySum.get(target) ?? [];
}

function remember<F>(bySum: Map<bigint, Link<F>[]>, sum: bigint, way: Link<F>): void {
  const known = bySum.get(sum);
  if (!known) {
    bySum.set(sum, [way]);
    return;
  }
  const place = known.findIndex(({ strays }) => strays > way.strays);
  const at = place === -1 ? known.length : place;
  if (at >= MOST_WAYS) return;
  bySum.set(sum, known.toSpliced(at, 0, way).slice(0, MOST_WAYS));
}

function flipsOf<F>(link: Link<F>): F[] {
  const flips: F[] = [];
  for (let at: Link<F> | null = link; at?.flip; at = at.from) flips.unshift(at.flip);
  return flips;
}
