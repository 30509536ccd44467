import type { AlertRef, AlertState } from "#lib/alerts/types.ts";

/** What a person can decide upon an alert, as a button or a key says it. */
export type DecisionKind =
  | "acknowledge"
  /** For how long is asked. */
  | "acknowledge_for"
  | "snooze"
  | "assign_me"
  /** To whom is asked. */
  | "assign"
  | "resolve"
  | "note"
  /** Open again: acknowledgement, snooze or resolution taken back. */
  | "put_back";

/** Those that ask for something first. */
export type DialogKind = Extract<
  DecisionKind,
  "acknowledge_for" | "snooze" | "assign" | "resolve" | "note"
>;

/** A decision with all that it needs. */
export type Decision =
  | { kind: "acknowledge"; forMs: number; note?: string }
  | { kind: "snooze"; forMs: number; wakesWorse: boolean; note?: string }
  | { kind: "assign"; assigneeId: string | null }
  | { kind: "resolve"; reason: string }
  | { kind: "note"; note: string }
  /** Acknowledged or snoozed ones are open again. */
  | { kind: "wake" }
  | { kind: "reopen" };

/**
 * Upon which: some, each as it was seen, or all that match a filter (as it stands in the address) and were
 * there at an instant (ISO).
 */
export type DecisionTarget = { alerts: AlertRef[] } | { matching: string; upTo: string };

/** Whether a decision means something for an alert in this state. */
export function decisionFits(kind: DecisionKind, state: AlertState): boolean {
  switch (kind) {
    case "acknowledge":
    case "acknowledge_for":
    case "snooze":
    case "assign_me":
    case "assign":
    case "resolve":
      return state !== "resolved";
    case "put_back":
      return state !== "open";
    case "note":
      return true;
  }
}

/** After which the alert is off the desk, and the next one opens. */
export const settles = (kind: Decision["kind"]): boolean =>
  kind === "acknowledge" || kind === "snooze" || kind === "resolve";
