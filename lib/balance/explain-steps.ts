/** Which payments, refunds and top-ups make up each change of a balance. Pure. */
import { SEARCH_BUDGET } from "./explain-policy.ts";
import { type Budget, type Flip, findFlips } from "./find-flips.ts";
import { type Move, placeMove, type Window } from "./place-move.ts";
import { fromUnits, toUnits } from "./units.ts";

/** From one amount to the next: the money moved after `fromAt` and before `toAt`. */
export type Step = { id: string; fromAt: Date; toAt: Date; before: string; after: string };

/** `remainder` is what the moves leave over of `after - before`: decimal text, 0 where they explain all. */
export type Explanation = { stepId: string; moves: string[]; remainder: string };

/** Ways tried in all before the best one found is taken. */
const MOST_TRIES = 300;
/** More than any explanation strays: a way that leaves nothing over is always better. */
const UNEXPLAINED = 1_000;
/** Work of looking at one move, beside that of trying one sum. */
const LOOKS_PER_TRY = 4;

/** A move with its amount, and the refund of a payment or the payment of a refund. */
type Candidate = { move: Move; units: bigint; twin: Candidate | null };
type Way = { taken: Candidate[]; remainder: bigint; strays: number };
type Found = { path: Way[]; strays: number };

/**
 * Explains as many steps as can be. Each move is part of one step at most, and of none where the times
 * speak against it; of several ways the one that strays least from the times. Where no way adds up, or
 * none was found before the budget was used up, a step is left with what must be part of it and the
 * remainder. The same input is always answered alike.
 * @param steps of one account and currency, in order of time
 * @param moves in the order in which equal ones are taken
 * @param budget what may be tried; it takes from it what it did
 */
export function explainSteps(
  steps: readonly Step[],
  moves: readonly Move[],
  budget: Budget = { left: SEARCH_BUDGET },
): Explanation[] {
  const windows = steps.map((step, index) => ({
    ...step,
    surelyBy: surelyBy(step, steps[index + 1]),
  }));
  const candidates = toCandidates(moves);
  const used = new Set<Candidate>();
  const path: Way[] = [];
  let tries = 0;
  let best: Found | null = null;

  /** True once there is no need to look further. */
  function descend(index: number, strays: number): boolean {
    if (best && strays >= best.strays) return false;
    const step = windows[index];
    if (!step) {
      best = { path: [...path], strays };
      return strays < UNEXPLAINED;
    }
    // At first each step has its share, so that hopeless ones leave the later ones some.
    const share = best ? 1 : windows.length - index;
    for (const way of waysOf(step, candidates, used, budget, share)) {
      tries += 1;
      if (best && (tries > MOST_TRIES || budget.left <= 0)) return true;
      for (const one of way.taken) used.add(one);
      path.push(way);
      const isDone = descend(index + 1, strays + way.strays);
      path.pop();
      for (const one of way.taken) used.delete(one);
      if (isDone) return true;
    }
    return false;
  }
  descend(0, 0);
  return ((best as Found | null)?.path ?? []).map((way, index) => ({
    stepId: steps[index]?.id ?? "",
    moves: way.taken.map(({ move }) => move.id),
    remainder: fromUnits(way.remainder),
  }));
}

/** What had moved when the next step's window opened is no part of that one. */
const surelyBy = (step: Step, next: Step | undefined): Date =>
  next && next.fromAt < step.toAt ? next.fromAt : step.toAt;

function toCandidates(moves: readonly Move[]): Candidate[] {
  const lone = new Map<string, Candidate>();
  return moves.map((move) => {
    const candidate: Candidate = { move, units: toUnits(move.amount), twin: null };
    const twin = lone.get(move.belongsTo);
    if (twin) {
      twin.twin = candidate;
      candidate.twin = twin;
    } else {
      lone.set(move.belongsTo, candidate);
    }
    return candidate;
  });
}

/** The ways that add up, likely ones first, and last one that leaves a remainder. Worked out as they are asked for. */
function* waysOf(
  step: Step & Window,
  candidates: readonly Candidate[],
  used: ReadonlySet<Candidate>,
  budget: Budget,
  share: number,
): Generator<Way> {
  const first = guess(step, candidates, used, true, budget);
  if (first.remainder === 0n) yield { taken: first.expected, remainder: 0n, strays: 0 };
  const second = guess(step, candidates, used, false, budget);
  const guesses = first.remainder === second.remainder ? [first] : [first, second];
  if (guesses.length > 1 && second.remainder === 0n) {
    yield { taken: second.expected, remainder: 0n, strays: 0 };
  }
  const exact = guesses.flatMap(({ expected, flips, remainder }) => {
    const own = { left: Math.floor(Math.max(0, budget.left) / share / guesses.length) };
    const granted = own.left;
    const ways = findFlips(flips, remainder, own);
    budget.left -= granted - Math.max(0, own.left);
    return ways.flatMap(({ flips: chosen, strays }) => {
      if (chosen.length === 0) return [];
      const out = new Set(chosen.filter(({ isOut }) => isOut).map(({ one }) => one));
      const into = chosen.filter(({ isOut }) => !isOut).map(({ one }) => one);
      return [{ taken: [...expected.filter((one) => !out.has(one)), ...into], strays }];
    });
  });
  for (const way of exact.toSorted((left, right) => left.strays - right.strays)) {
    yield { ...way, remainder: 0n };
  }
  const nearest = size(second.remainder) < size(first.remainder) ? second : first;
  if (nearest.remainder !== 0n) {
    yield { taken: nearest.expected, remainder: nearest.remainder, strays: UNEXPLAINED };
  }
}

const size = (units: bigint): bigint => (units < 0n ? -units : units);

type Otherwise = Flip & { one: Candidate; isOut: boolean };

/** What is expected of a step, and what may be thought otherwise. */
function guess(
  step: Step & Window,
  candidates: readonly Candidate[],
  used: ReadonlySet<Candidate>,
  refundsAtOnce: boolean,
  budget: Budget,
) {
  budget.left -= Math.ceil(candidates.length / LOOKS_PER_TRY);
  const expected: Candidate[] = [];
  const flips: Otherwise[] = [];
  let sum = 0n;
  for (const one of candidates) {
    if (used.has(one)) continue;
    const twin = one.twin && !used.has(one.twin) ? one.twin.move : null;
    const place = placeMove(one.move, step, twin, refundsAtOnce);
    if (!place) continue;
    const { isExpected: isOut, strays } = place;
    if (isOut) {
      expected.push(one);
      sum += one.units;
    }
    if (strays !== null) flips.push({ one, isOut, units: isOut ? -one.units : one.units, strays });
  }
  return { expected, flips, remainder: toUnits(step.after) - toUnits(step.before) - sum };
}
