import type { CodeQuestion } from "#components/codes/code-question.ts";
import { canMove, isStocked } from "#lib/codes/lifecycle.ts";
import type { CodeDetail } from "#lib/codes/types.ts";

export type CodeAct = Exclude<
  CodeQuestion["kind"],
  "close_complaint" | "renew_link" | "revoke_link" | "correct_expiry"
>;

type Facts = Pick<
  CodeDetail,
  "state" | "isMock" | "customerRef" | "available" | "complaints" | "windows" | "may"
>;

/** What can be done to a code now, the likeliest first; the server asks again. */
export function codeActs(code: Facts): CodeAct[] {
  const { state, isMock, may } = code;
  const acts: CodeAct[] = [];
  if (may.handOut && isStocked(state) && !isMock) acts.push("hand_out");
  if (may.mark && may.handOut && state === "bad" && code.customerRef !== null && !isMock) {
    acts.push("replace");
  }
  if (!may.mark) return acts;
  if (isComplainable(code)) acts.push("complain");
  if (state === "available" && !isMock) acts.push("reserve");
  if (state === "reserved") acts.push("release");
  if (canMove(state, "bad")) acts.push("mark_bad");
  if (state === "bad" && !isMadeGood(code)) acts.push("unmark");
  return acts;
}

/** Refunded or replaced by the supplier it may be void by now. */
const isMadeGood = ({ complaints }: Facts): boolean =>
  complaints.some(({ outcome }) => outcome === "replaced" || outcome === "refunded");

/** Bad, of a supplier's, and not complained of already. */
function isComplainable({ state, windows, complaints }: Facts): boolean {
  if (state !== "bad" && state !== "replaced") return false;
  return windows !== null && complaints.every(({ closedAt }) => closedAt !== null);
}
