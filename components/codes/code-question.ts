import type { ComplaintView } from "#lib/codes/types.ts";

/** What a person is about to do to one code. */
export type CodeQuestion =
  | { kind: "hand_out" | "replace" | "reserve" | "release" | "mark_bad" | "unmark" | "complain" }
  | { kind: "correct_expiry" }
  | { kind: "close_complaint"; complaint: ComplaintView }
  | { kind: "renew_link" | "revoke_link"; id: string };
