import type { Evidence } from "#lib/reconcile/types.ts";

/** Why the order waits still; each has its title and its sentence in `reconcile.wait.*`. */
export type WaitReason =
  | "outstanding"
  | "settling"
  | "second_pass"
  | "incomplete"
  /** A person decides: the supplier shows too little of a candidate. */
  | "unclear"
  /** A person decides: more supplier orders fit than were sent. */
  | "too_many"
  | "person"
  /** A person decides: whatever was sent is proved to have made nothing. */
  | "in_vain"
  /** A person decides: the supplier's list is too long to be searched. */
  | "too_long"
  /** Nothing is frozen. */
  | "open";

type Known = Pick<Evidence, "gate" | "candidates" | "sends" | "searchedInVain">;

export function waitReason({ gate, candidates, sends, searchedInVain }: Known): WaitReason {
  if (searchedInVain) return "too_long";
  if (!gate) return sends.length === 0 ? "in_vain" : "open";
  if (gate.waitsFor !== "person") return gate.waitsFor;
  if (candidates.some(({ match }) => match === "unclear")) return "unclear";
  return candidates.length > sends.length ? "too_many" : "person";
}
