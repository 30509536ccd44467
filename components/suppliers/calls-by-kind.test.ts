import { describe, expect, it } from "vitest";
import { callsByKind, totalsOf } from "#components/suppliers/calls-by-kind.ts";
import type { CallTally } from "#lib/suppliers/read-budget.ts";

const tally = (
  what: string,
  outcome: CallTally["outcome"],
  lastHour: number,
  usefulLastHour = 0,
  lastMinute = 0,
): CallTally => ({ what, outcome, lastMinute, lastHour, usefulLastHour });
const calls = [
  tally("create", "accepted", 3, 0, 1),
  tally("look", "accepted", 40, 12, 2),
  tally("look", "limited", 2),
  tally("look", "refused", 1),
  tally("look", "failed", 4),
  tally("sweep", "accepted", 3, 1),
];

describe("callsByKind", () => {
  it("adds up what came of each kind, the most frequent first", () => {
    expect(callsByKind(calls)).toEqual([
      { what: "look", lastMinute: 2, lastHour: 47, useful: 12, failed: 6 },
      { what: "create", lastMinute: 1, lastHour: 3, useful: null, failed: 0 },
      { what: "sweep", lastMinute: 0, lastHour: 3, useful: 1, failed: 0 },
    ]);
    expect(callsByKind([])).toEqual([]);
  });
});

describe("totalsOf", () => {
  it("asks of looks and sweeps alone what they brought and took", () => {
    expect(totalsOf(callsByKind(calls), 20)).toEqual({
      lastMinute: 3,
      lastHour: 53,
      usefulShare: 13 / 50,
      perCompleted: 2.5,
    });
  });

  it("has no share of nothing", () => {
    const kinds = callsByKind([tally("create", "accepted", 3)]);
    expect(totalsOf(kinds, 1)).toMatchObject({ usefulShare: null, perCompleted: 0 });
    expect(totalsOf(kinds, 0).perCompleted).toBeNull();
  });
});
