import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { choosePlan, type PlanFacts, pagesOf, SWEEP_EVERY_MS } from "./choose-plan.ts";

const PER_MINUTE = 60_000 / SWEEP_EVERY_MS;
const plan = (facts: Partial<PlanFacts> = {}): PlanFacts => ({
  open: 20,
  openDue: 120,
  otherDue: 0,
  moves: 12,
  foreignPages: 0,
  budget: 1_000,
  ...facts,
});
const amount = (max: number) => fc.double({ min: 0, max, noNaN: true });
const anyFacts = fc.record({
  open: fc.nat(200_000),
  openDue: amount(1e6),
  otherDue: amount(1e6),
  moves: amount(1e5),
  foreignPages: fc.nat(500),
  budget: amount(1e5),
});

describe("choosePlan", () => {
  it("reads the list where that takes fewer calls", () => {
    const { mode, reason, callsSingle, callsSweep } = choosePlan(plan(), "single", null);
    expect({ mode, reason }).toEqual({ mode: "sweep", reason: "sweep_is_cheaper" });
    expect(callsSingle).toBe(120);
    expect(callsSweep).toBeCloseTo(PER_MINUTE + 12);
  });

  it.each([
    ["single_is_cheaper", { openDue: 20, moves: 10 }, null],
    ["single_is_cheaper", { foreignPages: 20 }, null],
    ["nothing_to_sweep", { open: 1, openDue: 60 }, null],
    ["switched_off", {}, "switched_off"],
    ["distrusted", {}, "distrusted"],
  ] as const)("asks singly: %s", (reason, facts, notSwept) => {
    const choice = choosePlan(plan(facts), "sweep", notSwept);
    expect(choice).toMatchObject({ mode: "single", reason, sweepEveryMs: null });
  });

  it("doesn't take turns between two ways that cost alike", () => {
    const alike = plan({ openDue: PER_MINUTE + 12 + 0.1 });
    expect(choosePlan(alike, "sweep", null).mode).toBe("sweep");
    expect(choosePlan(alike, "single", null).mode).toBe("single");
  });

  it("stretches all waits as far as the budget forces it to, and no further", () => {
    const slow = plan({ open: 0, openDue: 0, otherDue: 2_200, moves: 0, budget: 1_000 });
    expect(choosePlan(slow, "single", null).congestion).toBeCloseTo(2);
    expect(choosePlan({ ...slow, otherDue: 800 }, "single", null).congestion).toBe(1);
    const many = plan({ open: 100_000, openDue: 400_000, moves: 100, budget: 1_000 });
    const { mode, congestion, sweepEveryMs } = choosePlan(many, "single", null);
    expect(mode).toBe("sweep");
    expect(sweepEveryMs).toBe(Math.round(SWEEP_EVERY_MS * congestion));
    const calls = (pagesOf(100_000) * 60_000) / (sweepEveryMs ?? 1) + 100;
    expect(calls).toBeLessThanOrEqual(901);
    expect(calls).toBeGreaterThan(880);
  });

  it("is finite and within bounds for whatever is counted", () => {
    const why = fc.constantFrom("switched_off" as const, "distrusted" as const, null);
    fc.assert(
      fc.property(
        anyFacts,
        fc.constantFrom("single" as const, "sweep" as const),
        why,
        (facts, before, not) => {
          const { mode, congestion, sweepEveryMs, ...choice } = choosePlan(facts, before, not);
          expect(congestion).toBeGreaterThanOrEqual(1);
          expect(congestion).toBeLessThanOrEqual(1_000);
          expect(sweepEveryMs === null).toBe(mode === "single");
          if (sweepEveryMs !== null) expect(sweepEveryMs).toBeGreaterThanOrEqual(SWEEP_EVERY_MS);
          if (not !== null) expect(choice.reason).toBe(not);
          if (mode === "sweep") expect(choice.callsSweep).toBeLessThan(choice.callsSingle);
        },
      ),
    );
  });

  it("counts the pages on which orders stand", () => {
    expect([0, 1, 50, 51, 95, 96].map(pagesOf)).toEqual([1, 1, 1, 2, 2, 3]);
  });
});
