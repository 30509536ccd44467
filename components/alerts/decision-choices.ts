import { type DecisionKind, decisionFits } from "#components/alerts/decision.ts";
import type { AlertState } from "#lib/alerts/types.ts";

const ALL: readonly DecisionKind[] = [
  "acknowledge",
  "snooze",
  "resolve",
  "assign_me",
  "acknowledge_for",
  "assign",
  "note",
  "put_back",
];
/** Where nothing of it is open, what puts it back comes first. */
const SETTLED: readonly DecisionKind[] = [
  "put_back",
  "snooze",
  "resolve",
  "assign_me",
  "acknowledge_for",
  "assign",
  "note",
];
/** As many stand side by side under a thumb. */
const MAIN = 3;

/** What can be decided upon alerts in these states: what is wanted most, and the rest. */
export function decisionChoices(
  states: readonly AlertState[],
  { notes }: { /** A note makes sense. */ notes: boolean },
): { main: DecisionKind[]; more: DecisionKind[] } {
  const order = states.includes("open") ? ALL : SETTLED;
  const fitting = order.filter(
    (kind) => states.some((state) => decisionFits(kind, state)) && (kind !== "note" || notes),
  );
  return { main: fitting.slice(0, MAIN), more: fitting.slice(MAIN) };
}
