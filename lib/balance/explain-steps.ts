/** Which payments, refunds and top-ups make up each change of a balance. Pure. */
import { type Flip, findFlips } from "./find-flips.ts";
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

type Way = { moves: Move[]; remainder: bigint; strays: number };
type Found = { path: Way[]; strays: number };

/**
 * Explains as many steps as can be. Each move is part of one step at most, and of none where the times
 * speak against it; of several ways the one that strays least from the times. Where no way adds up, a step
 * is left with what must be part of it and the remainder.
 * @param steps of one account and currency, in order of time
 * @param moves in the order in which equal ones are taken
 */
export function explainSteps(steps: readonly Step[], moves: readonly Move[]): Explanation[] {
  const windows = steps.map((step, index) => ({
    ...step,
    surelyBy: surelyBy(step, steps[index + 1]),
  }));
  let tries = 0;
  let best: Found | null = null;

  /** True once there is no need to look further. */
  function descend(
    index: number,
    free: readonly Move[],
    path: readonly Way[],
    strays: number,
  ): boolean {
    if (best && strays >= best.strays) return false;
    const step = windows[index];
    if (!step) {
      best = { path: [...path], strays };
      return strays < UNEXPLAINED;
    }
    for (const way of waysOf(step, free)) {
      tries += 1;
      if (tries > MOST_TRIES && best) return true;
      const taken = new Set(way.moves);
      const left = free.filter((move) => !taken.has(move));
      if (descend(index + 1, left, [...path, way], strays + way.strays)) return true;
    }
    return false;
  }
  descend(0, moves, [], 0);
  const path = (best as Found | null)?.path ?? [];
  return path.map((way, index) => ({
    stepId: steps[index]?.id ?? "",
    moves: way.moves.map(({ id }) => id),
    remainder: fromUnits(way.remainder),
  }));
}

/** What had moved when the next step's window opened is no part of that one. */
const surelyBy = (step: Step, next: Step | undefined): Date =>
  next && next.fromAt < step.toAt ? next.fromAt : step.toAt;

/** The ways that add up, likely ones first, and last one that leaves a remainder. Worked out as they are asked for. */
function* waysOf(step: Step & Window, free: readonly Move[]): Generator<Way> {
  const guesses = [true, false].map((refundsAtOnce) => guess(step, free, refundsAtOnce));
  const isSame = guesses[0]?.remainder === guesses[1]?.remainder;
  const different = isSame ? guesses.slice(0, 1) : guesses;
  for (const { expected, remainder } of different) {
    if (remainder === 0n) yield { moves: expected, remainder, strays: 0 };
  }
  const exact = different.flatMap(({ expected, flips, remainder }) =>
    findFlips(flips, remainder).flatMap(({ flips: chosen, strays }) => {
      if (chosen.length === 0) return [];
      const out = new Set(chosen.filter(({ isOut }) => isOut).map(({ move }) => move));
      const into = chosen.filter(({ isOut }) => !isOut).map(({ move }) => move);
      const moves = [...expected.filter((move) => !out.has(move)), ...into];
      return [{ moves, remainder: 0n, strays }];
    }),
  );
  yield* exact.toSorted((left, right) => left.strays - right.strays);
  const [nearest] = different.toSorted((left, right) =>
    size(left.remainder) < size(right.remainder) ? -1 : 1,
  );
  if (nearest && nearest.remainder !== 0n) {
    yield { moves: nearest.expected, remainder: nearest.remainder, strays: UNEXPLAINED };
  }
}

const size = (units: bigint): bigint => (units < 0n ? -units : units);

type Otherwise = Flip & { move: Move; isOut: boolean };

/** What is expected of a step, and what may be thought otherwise. */
function guess(step: Step & Window, free: readonly Move[], refundsAtOnce: boolean) {
  const expected: Move[] = [];
  const flips: Otherwise[] = [];
  const twins = twinsOf(free);
  for (const move of free) {
    const place = placeMove(move, step, twins(move), refundsAtOnce);
    if (!place) continue;
    const { isExpected: isOut, strays } = place;
    if (isOut) expected.push(move);
    const units = toUnits(move.amount);
    if (strays !== null) flips.push({ move, isOut, units: isOut ? -units : units, strays });
  }
  const sum = expected.reduce((units, { amount }) => units + toUnits(amount), 0n);
  return { expected, flips, remainder: toUnits(step.after) - toUnits(step.before) - sum };
}

function twinsOf(free: readonly Move[]): (move: Move) => Move | null {
  const all = new Map<string, Move[]>();
  for (const move of free) {
    all.set(move.belongsTo, [...(all.get(move.belongsTo) ?? []), move]);
  }
  return (move) => all.get(move.belongsTo)?.find((other) => other !== move) ?? null;
}
