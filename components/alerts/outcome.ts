import type { Decision } from "#components/alerts/decision.ts";
import type { Failure } from "#components/orders/failure.ts";
import type { AlertRef, AlertsDecided } from "#lib/alerts/types.ts";

/** What came of a decision, as it is told below the list. */
export type Outcome =
  | ({ type: "decided"; kind: Decision["kind"]; undo: Undo | null } & AlertsDecided)
  | { type: "failed"; failure: Failure };

/** All was done as it was wanted. */
export const isWell = (outcome: Outcome): boolean =>
  outcome.type === "decided" && outcome.lost.length === 0;

/** What takes a decision back. */
export type Undo = { decision: Decision; alerts: AlertRef[] };

/** How to take back what was done to alerts that were seen; null where there is no way. */
export function undoOf(
  kind: Decision["kind"],
  seen: readonly AlertRef[],
  done: readonly string[],
): Undo | null {
  const back = backOf(kind);
  // Each decision is a version of its own.
  const alerts = seen
    .filter(({ id }) => done.includes(id))
    .map(({ id, version }) => ({ id, version: version + 1 }));
  return back && alerts.length > 0 ? { decision: back, alerts } : null;
}

function backOf(kind: Decision["kind"]): Decision | null {
  switch (kind) {
    case "acknowledge":
    case "snooze":
      return { kind: "wake" };
    case "resolve":
      return { kind: "reopen" };
    case "assign":
    case "note":
    case "wake":
    case "reopen":
      return null;
  }
}
