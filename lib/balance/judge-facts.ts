/** Explains what an account's currency has open, as far as it hasn't been tried before. Pure but for what it remembers. */
import { createHash } from "node:crypto";
import { LATE_MS, NEAR_MS, REFUND_LATE_MS, SEARCH_BUDGET } from "./explain-policy.ts";
import { type Explanation, explainSteps, type Step } from "./explain-steps.ts";
import type { Budget } from "./find-flips.ts";
import type { Move } from "./place-move.ts";

/** A move with the step that has it, if one does. */
export type GivenMove = Move & { stepId: string | null };

/** What the judgement on a currency's open steps rests on. Steps in order of time. */
export type Facts<S extends Step = Step> = {
  currency: string;
  open: S[];
  /** Explained steps around them. */
  around: S[];
  moves: GivenMove[];
};

/**
 * What was found for steps that stand close together, by all that the finding rests on: the same isn't searched
 * for again, however often it is asked for. It keeps what the last judgement was made of.
 */
export type Findings = Map<string, Explanation[]>;

/**
 * Steps that are more than an hour apart are explained one group after the other, since no payment joins them.
 * Each has its share of the budget, and what those that are known by now didn't need.
 * @param findings of this account and currency; brought up to date
 */
export function judgeFacts(
  facts: Facts,
  findings: Findings,
  budget: Budget = { left: SEARCH_BUDGET },
): Explanation[] {
  const groups = groupsOf(facts.open);
  const prints = new Map(facts.moves.map((move) => [move, JSON.stringify(move)]));
  const taken = new Set<string>();
  const now: Findings = new Map();
  for (const [index, open] of groups.entries()) {
    const group = factsOf(facts, open, taken);
    const print = printOf(group, prints);
    const share = { left: Math.floor(Math.max(0, budget.left) / (groups.length - index)) };
    const granted = share.left;
    const found = findings.get(print) ?? explainGroup(group, share);
    budget.left -= granted - share.left;
    for (const id of found.flatMap(({ moves }) => moves)) taken.add(id);
    now.set(print, found);
  }
  findings.clear();
  for (const [print, found] of now) findings.set(print, found);
  return [...now.values()].flat();
}

/** Explains the open steps; where some are left over, once more with those around them. */
function explainGroup({ open, around, moves }: Facts, budget: Budget): Explanation[] {
  const openIds = new Set(open.map(({ id }) => id));
  const ofThese = moves.filter(({ stepId }) => stepId === null || openIds.has(stepId));
  const half = { left: around.length === 0 ? budget.left : Math.floor(budget.left / 2) };
  budget.left -= half.left;
  const alone = explainSteps(open, inOrder(ofThese), half);
  budget.left += Math.max(0, half.left);
  if (around.length === 0 || countLeft(alone) === 0) return alone;
  const together = explainSteps([...around, ...open].toSorted(byTime), inOrder(moves), budget);
  return countLeft(together) < countLeft(alone) ? together : alone;
}

function groupsOf<S extends Step>(steps: readonly S[]): S[][] {
  const groups: S[][] = [];
  for (const step of steps) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group && last && step.fromAt.getTime() - last.toAt.getTime() <= LATE_MS) group.push(step);
    else groups.push([step]);
  }
  return groups;
}

/** Of a currency's facts, those that matter to some of its open steps. */
function factsOf({ currency, around, moves }: Facts, open: Step[], taken: Set<string>): Facts {
  const from = open[0]?.fromAt.getTime() ?? 0;
  const to = open.at(-1)?.toAt.getTime() ?? 0;
  const near = around.filter(
    ({ toAt }) => toAt.getTime() >= from - NEAR_MS && toAt.getTime() <= to + NEAR_MS,
  );
  const ids = new Set([...near, ...open].map(({ id }) => id));
  const isOfThese = ({ id, stepId, kind, earliestAt, latestAt }: GivenMove): boolean => {
    if (stepId !== null) return ids.has(stepId);
    const earliest = earliestAt.getTime();
    if (taken.has(id) || earliest > to + 60_000 || earliest < from - REFUND_LATE_MS) return false;
    return kind !== "order" || latestAt === null || latestAt.getTime() > from - 2 * LATE_MS;
  };
  return { currency, open, around: near, moves: moves.filter(isOfThese) };
}

function printOf({ open, around, moves }: Facts, prints: ReadonlyMap<Move, string>): string {
  const amounts = (steps: Step[]) =>
    steps.map(({ id, fromAt, toAt, before, after }) => [id, fromAt, toAt, before, after]);
  const hash = createHash("sha256").update(JSON.stringify([amounts(open), amounts(around)]));
  for (const move of moves) hash.update(prints.get(move) ?? "");
  return hash.digest("base64");
}

const countLeft = (explanations: Explanation[]): number =>
  explanations.filter(({ remainder }) => remainder !== "0").length;

const byTime = (left: Step, right: Step): number =>
  left.toAt.getTime() - right.toAt.getTime() || (left.id < right.id ? -1 : 1);

/** Equal moves are taken in the order in which they came about. */
const inOrder = (moves: Move[]): Move[] =>
  moves.toSorted(
    (left, right) =>
      left.earliestAt.getTime() - right.earliestAt.getTime() || (left.id < right.id ? -1 : 1),
  );
