import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decide } from "./decide.ts";
import { isFinished, isOpen, ORDER_STATUSES, type OrderStatus } from "./lifecycle.ts";
import type { Observation } from "./observation.ts";
import { EVERY_ANSWER, minutesBefore, NOW, orderState, SOURCES } from "./observations.fixture.ts";

/** Every status × every source × every answer: 10 × 3 × 20. */
const EVERY_CASE = ORDER_STATUSES.flatMap((status) =>
  SOURCES.flatMap((source) => EVERY_ANSWER.map((answer) => ({ status, source, answer }))),
);

const RANKS: OrderStatus[][] = [
  ["submitting", "unconfirmed"],
  ["awaiting_payment"],
  ["paid"],
  ["processing"],
  ["partial"],
  ["completed", "cancelled", "failed", "rejected"],
];
const rankOf = (status: OrderStatus) => RANKS.findIndex((rank) => rank.includes(status));

function decided(
  { status, source, answer }: (typeof EVERY_CASE)[number],
  facts: Parameters<typeof orderState>[1] = {},
  random = 0.5,
) {
  const finishedAt = isFinished(status) ? minutesBefore(5) : null;
  const state = orderState(status, { finishedAt, ...facts });
  const observation: Observation = {
    orderId: "order-1",
    source,
    answer,
    attemptId: null,
    leaseToken: null,
  };
  const decision = decide(state, observation, NOW, random);
  return { decision, after: decision.status ?? status };
}

const nameOf = ({ status, source, answer }: (typeof EVERY_CASE)[number]) =>
  `${status} ${source} ${JSON.stringify(answer).slice(0, 120)}`;

describe("decide, whatever comes when", () => {
  it("covers every case", () => {
    expect(EVERY_CASE).toHaveLength(10 * 3 * 20);
  });

  it("always gives an open order a next look, and nothing but a partial one otherwise", () => {
    for (const one of EVERY_CASE) {
      const { decision, after } = decided(one);
      if (isOpen(after)) expect(decision.nextInMs, nameOf(one)).toBeGreaterThanOrEqual(0);
      else if (after !== "partial") expect(decision.nextInMs, nameOf(one)).toBeNull();
    }
  });

  it("never moves a status back", () => {
    for (const one of EVERY_CASE) {
      const { after } = decided(one);
      expect(rankOf(after), nameOf(one)).toBeGreaterThanOrEqual(rankOf(one.status));
      if (rankOf(one.status) === 5) expect(after, nameOf(one)).toBe(one.status);
    }
  });

  it("calls an order unconfirmed or rejected only where it wasn't known at the supplier", () => {
    for (const one of EVERY_CASE) {
      const { decision, after } = decided(one);
      if (one.status === "submitting" || one.status === "unconfirmed") continue;
      if (one.status === after) continue;
      expect(["unconfirmed", "rejected"], nameOf(one)).not.toContain(after);
      expect(decision.rejection, nameOf(one)).toBeUndefined();
    }
  });

  it("gives a reason exactly with a rejection", () => {
    for (const one of EVERY_CASE) {
      const { decision } = decided(one);
      expect(decision.rejection !== undefined, nameOf(one)).toBe(decision.status === "rejected");
    }
  });

  it("leaves a trace of everything on the timeline", () => {
    for (const one of EVERY_CASE) {
      expect(decided(one).decision.timeline.length, nameOf(one)).toBeGreaterThan(0);
    }
  });

  it("never opens and clears a signal at once", () => {
    for (const one of EVERY_CASE) {
      const { open, clear } = decided(one).decision;
      for (const { key } of open) expect(clear, nameOf(one)).not.toContain(key);
    }
  });

  it("ends a stall with every move, and says so when it stops being unconfirmed", () => {
    for (const one of EVERY_CASE) {
      const { decision, after } = decided(one);
      if (after === one.status) continue;
      expect(decision.clear, nameOf(one)).toContain("stalled");
      if (one.status === "unconfirmed")
        expect(decision.clear, nameOf(one)).toContain("unconfirmed");
    }
  });

  it("holds for orders of any age, with any number of failures behind them", () => {
    const ages = fc.integer({ min: 0, max: 60 * 24 * 60 });
    fc.assert(
      fc.property(
        fc.constantFrom(...EVERY_CASE),
        ages,
        fc.nat(100),
        fc.nat(100),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (one, minutes, failedLooks, refusals, random) => {
          const since = minutesBefore(minutes);
          const { decision, after } = decided(
            one,
            { createdAt: since, statusChangedAt: since, failedLooks, refusals },
            random,
          );
          const { nextInMs } = decision;
          if (isOpen(after)) expect(nextInMs).not.toBeNull();
          if (nextInMs === null) return;
          expect(Number.isInteger(nextInMs)).toBe(true);
          expect(nextInMs).toBeGreaterThanOrEqual(0);
          expect(nextInMs).toBeLessThanOrEqual(1.2 * 3_600_000);
        },
      ),
      { seed: 20_261_121, numRuns: 2_000 },
    );
  });
});
