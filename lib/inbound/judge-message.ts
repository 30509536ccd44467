import { FAILED_AGAIN_MS, MOST_TRIES, POSTPONED_MS, UNMATCHED_AGAIN_MS } from "./inbox-policy.ts";
import { type Problem, problemText } from "./problem.ts";
import type { Settled } from "./store.ts";

/** What came of working on a message. */
export type Worked =
  | { kind: "done"; orderId: string | null }
  | { kind: "ignored" }
  /** No order is known by what it names; it may be soon, where `again`. */
  | { kind: "unmatched"; problem: Problem; orderId: string | null; again: boolean }
  | { kind: "unreadable"; why: string }
  /** Nothing came of it, this time. */
  | { kind: "failed"; problem: Problem; orderId?: string }
  /** Its order is being worked on. */
  | { kind: "postponed" }
  /** Nobody came to it. */
  | { kind: "untouched" };

type Told = { id: string; tries: number; event: string | null };

/** What is written down of it: pure, and the only place that says when a message is tried again. */
export function judgeMessage({ id, tries, event }: Told, worked: Worked): Settled {
  const settled = { id, event, tries, againInMs: null, problem: null, orderId: null };
  switch (worked.kind) {
    case "done":
      return { ...settled, state: "done", orderId: worked.orderId };
    case "ignored":
      return { ...settled, state: "ignored" };
    case "unmatched": {
      const againInMs = worked.again ? (UNMATCHED_AGAIN_MS[tries - 1] ?? null) : null;
      const { problem, orderId } = worked;
      return { ...settled, state: "unmatched", problem: problemText(problem), orderId, againInMs };
    }
    case "unreadable": {
      const problem = problemText({ code: "unreadable", detail: worked.why });
      return { ...settled, state: "unreadable", problem };
    }
    case "failed": {
      const againInMs = tries < MOST_TRIES ? (FAILED_AGAIN_MS[tries - 1] ?? null) : null;
      const state = againInMs === null ? "failed" : "waiting";
      const { problem, orderId = null } = worked;
      return { ...settled, state, againInMs, problem: problemText(problem), orderId };
    }
    case "postponed":
      return { ...settled, state: "waiting", againInMs: POSTPONED_MS, tries: tries - 1 };
    case "untouched":
      return { ...settled, state: "waiting", againInMs: 0, tries: tries - 1 };
  }
}
