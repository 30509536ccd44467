import { describe, expect, it } from "vitest";
import { SEARCH_BUDGET } from "./explain-policy.ts";
import { explainSteps, type Step } from "./explain-steps.ts";
import { type Findings, type GivenMove, judgeFacts } from "./judge-facts.ts";
import { fromUnits } from "./units.ts";

const at = (minutes: number) => new Date(Date.UTC(2026, 0, 1) + minutes * 60_000);

/** A change a minute that nothing explains, and payments in doubt or refunds that don't fit any. */
function badDay(count: number, others: number, kind: "order" | "refund", from = 0) {
  const steps: Step[] = [];
  let held = 1_000_000_000_000n;
  for (let n = 0; n < count; n += 1) {
    const after = held - 10_000_000n - BigInt((n * 7_919) % 9_973) * 100n;
    const window = { fromAt: at(from + n), toAt: at(from + n + 1) };
    steps.push({
      ...{ id: `${from} ${n}`, ...window, before: fromUnits(held), after: fromUnits(after) },
    });
    held = after;
  }
  const moves = Array.from({ length: others }, (_, n): GivenMove => {
    const amount = fromUnits(BigInt(10_000 + ((n * 104_729) % 99_991) * 100));
    return {
      ...{ id: `m${n}`, kind, amount: kind === "order" ? `-${amount}` : amount },
      ...{
        earliestAt: at(from + (n % count) - 1),
        isCertain: false,
        isSaid: false,
        belongsTo: `o${n}`,
      },
      ...{ latestAt: kind === "order" ? null : at(from + (n % count)), stepId: null },
    };
  });
  return { steps, moves };
}

describe("what nothing explains", () => {
  it.each([
    [5, 60, "refund"],
    [20, 100, "refund"],
    [60, 300, "refund"],
    [100, 1_000, "refund"],
    [100, 1_000, "order"],
  ] as const)(
    "takes no longer than its budget: %i changes, %i of kind %s",
    (count, others, kind) => {
      const { steps, moves } = badDay(count, others, kind);
      const budget = { left: SEARCH_BUDGET };
      const explained = explainSteps(steps, moves, budget);
      expect(explained.filter(({ remainder }) => remainder === "0")).toEqual([]);
      // Beyond it each step is looked at twice, without a search.
      expect(SEARCH_BUDGET - budget.left).toBeLessThan(SEARCH_BUDGET * 1.3);
      expect(explainSteps(steps, moves)).toEqual(explained);
    },
  );

  it("leaves the later changes enough to be explained", () => {
    const { steps, moves } = badDay(60, 300, "refund");
    const last = steps.at(-1);
    const after = last?.after ?? "0";
    const next = { id: "next", fromAt: at(60), toAt: at(61), before: after };
    const inFlight = {
      kind: "order" as const,
      isCertain: true,
      isSaid: false,
      earliestAt: at(60.9),
    };
    const payments = ["-4.75", "-9.5", "-3.3333"].map((amount, n) => ({
      ...{ ...inFlight, id: `p${n}`, amount, latestAt: at(61.1), belongsTo: `p${n}` },
    }));
    const shown = fromUnits(BigInt(Number(after) * 10_000) - 80_833n);
    const explained = explainSteps([...steps, { ...next, after: shown }], [...moves, ...payments]);
    expect(explained.at(-1)).toEqual({ stepId: "next", moves: ["p0", "p2"], remainder: "0" });
  });

  it("explains nothing that it couldn't search for", () => {
    const { steps, moves } = badDay(3, 20, "refund");
    const explained = explainSteps(steps, moves, { left: 0 });
    expect(explained.map(({ stepId }) => stepId)).toEqual(steps.map(({ id }) => id));
    expect(explained.filter(({ remainder }) => remainder === "0")).toEqual([]);
  });
});

describe("judgeFacts", () => {
  const spent = (facts: Parameters<typeof judgeFacts>[0], findings: Findings) => {
    const budget = { left: SEARCH_BUDGET };
    const explained = judgeFacts(facts, findings, budget);
    return { explained, spent: SEARCH_BUDGET - budget.left };
  };
  const { steps: open, moves } = badDay(5, 12, "refund");
  const facts = { currency: "USD", open, around: [], moves };

  it("searches once for the same", () => {
    const findings: Findings = new Map();
    const first = spent(facts, findings);
    expect(first.spent).toBeGreaterThan(1_000);
    expect(spent(structuredClone(facts), findings)).toEqual({
      explained: first.explained,
      spent: 0,
    });
  });

  it("searches again once something may explain it, and only for what that may explain", () => {
    const findings: Findings = new Map();
    const later = badDay(2, 0, "refund", 600).steps;
    const both = { ...facts, open: [...open, ...later] };
    const first = spent(both, findings);
    const topUp: GivenMove = {
      ...{ id: "t", kind: "top_up", amount: "-1000", earliestAt: at(590), latestAt: null },
      ...{ isCertain: true, isSaid: false, belongsTo: "t", stepId: null },
    };
    const second = spent({ ...both, moves: [...moves, topUp] }, findings);
    expect(second.spent).toBeGreaterThan(0);
    expect(second.spent).toBeLessThan(first.spent);
    expect(second.explained[5]).toEqual({ stepId: "600 0", moves: ["t"], remainder: "0" });
    expect(second.explained.slice(0, 5)).toEqual(first.explained.slice(0, 5));
  });

  it("gives each move to one of them", () => {
    const one = { id: "back", kind: "refund" as const, amount: "5", belongsTo: "o", stepId: null };
    const refund = {
      ...one,
      earliestAt: at(-10),
      latestAt: at(-5),
      isCertain: false,
      isSaid: false,
    };
    const gain = (id: string, from: number): Step => ({
      ...{ id, fromAt: at(from), toAt: at(from + 1), before: "10", after: "15" },
    });
    const apart = { ...facts, open: [gain("a", 0), gain("b", 600)], moves: [refund] };
    expect(judgeFacts(apart, new Map())).toEqual([
      { stepId: "a", moves: ["back"], remainder: "0" },
      { stepId: "b", moves: [], remainder: "5" },
    ]);
  });
});
