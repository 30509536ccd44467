import { describe, expect, it } from "vitest";
import {
  CODE_MOVES,
  CODE_STATES,
  type CodeState,
  canMove,
  FIRST_STATES,
  hasCorrectableExpiry,
  isStocked,
} from "./lifecycle.ts";

function reachableFrom(first: readonly CodeState[]): Set<CodeState> {
  const reached = new Set<CodeState>(first);
  // Grows while it is walked.
  for (const state of reached) for (const next of CODE_MOVES[state]) reached.add(next);
  return reached;
}

describe("the table of moves", () => {
  it("reaches every state from those that codes begin in", () => {
    expect([...reachableFrom(FIRST_STATES)].sort()).toEqual([...CODE_STATES].sort());
  });

  it("leads nowhere from what is replaced or withheld", () => {
    const ends = CODE_STATES.filter((state) => CODE_MOVES[state].length === 0);
    expect(ends).toEqual(["replaced", "withheld"]);
  });

  it("has no way back into stock for what a customer has, but through being bad", () => {
    expect(CODE_MOVES.handed_out).toEqual(["bad"]);
    expect(canMove("withheld", "available")).toBe(false);
  });

  it("keeps the expiry of what a customer has, or nobody gets any more", () => {
    expect(CODE_STATES.filter((state) => !hasCorrectableExpiry(state))).toEqual([
      "handed_out",
      "replaced",
      "withheld",
    ]);
  });

  it("replaces only what is bad", () => {
    expect(CODE_STATES.filter((state) => canMove(state, "replaced"))).toEqual(["bad"]);
  });

  it("counts as stock what can still be given to somebody", () => {
    expect(CODE_STATES.filter(isStocked)).toEqual(["available", "reserved"]);
    expect(CODE_STATES.filter((state) => canMove(state, "handed_out")).sort()).toEqual([
      "available",
      "bad",
      "reserved",
    ]);
  });
});
