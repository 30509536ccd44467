import type { DecisionKind } from "#components/alerts/decision.ts";

/** The key of each decision. */
export const DECISION_KEYS: Record<DecisionKind, string> = {
  acknowledge: "e",
  acknowledge_for: "shift+e",
  snooze: "s",
  assign_me: "a",
  assign: "t",
  resolve: "r",
  note: "n",
  put_back: "u",
};

/** As it is written on a button. */
export const keySign = (key: string): string => key.replace("shift+", "⇧").toUpperCase();
