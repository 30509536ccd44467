import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { needsCounting } from "#lib/placement/ways.ts";
import { anyWays } from "./answers.fixture.ts";
import { decide } from "./decide.ts";
import { isFinished, isOpen, ORDER_STATUSES, type OrderStatus } from "./lifecycle.ts";
import type { Observation } from "./observation.ts";
import { EVERY_ANSWER, minutesBefore, NOW, orderState, SOURCES } from "./observations.fixture.ts";

type Case = { status: OrderStatus; source: Observation["source"]; answer: Observation["answer"] };

/** What a supplier's answers bring: every status × every source × every answer, 11 × 3 × 21. */
const EVERY_ANSWERED: Case[] = ORDER_STATUSES.flatMap((status) =>
  SOURCES.flatMap((source) => EVERY_ANSWER.map((answer) => ({ status, source, answer }))),
);

const SEARCHED = [
  ...EVERY_ANSWER.filter(({ kind }) => kind !== "accepted"),
  { kind: "not_found" as const, askedAt: NOW, pages: 1 },
  { kind: "not_searchable" as const, pages: 50 },
];
const FOUND = EVERY_ANSWER.filter(({ kind }) => kind === "order");
/** What counting, a search, the supplier's own news, a person or a frozen basket brings. */
const EVERY_DOUBT: Case[] = ORDER_STATUSES.flatMap((status) => [
  ...(["list", "person"] as const).flatMap((source) =>
    [...FOUND, { kind: "not_created" } as const].map((answer) => ({ status, source, answer })),
  ),
  ...FOUND.map((answer) => ({ status, source: "push" as const, answer })),
  ...SEARCHED.map((answer) => ({ status, source: "search" as const, answer })),
  { status, source: "person", answer: { kind: "given_up" } },
  { status, source: "create", answer: { kind: "held_back", twin: null } },
]);

const EVERY_CASE = [...EVERY_ANSWERED, ...EVERY_DOUBT];

const RANKS: OrderStatus[][] = [
  ["submitting", "unconfirmed"],
  ["awaiting_payment"],
  ["paid"],
  ["processing"],
  ["partial"],
  ["completed", "cancelled", "failed", "rejected"],
  ["refunded"],
];
const rankOf = (status: OrderStatus) => RANKS.findIndex((rank) => rank.includes(status));

function decided(
  { status, source, answer }: Case,
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

const nameOf = ({ status, source, answer }: Case) =>
  `${status} ${source} ${JSON.stringify(answer).slice(0, 120)}`;

/** Over, it was looked at all the same, and that failed. */
const isHinted = ({ status, source, answer }: Case) =>
  source === "look" &&
  isFinished(status) &&
  status !== "rejected" &&
  (answer.kind === "refused" || answer.kind === "unknown");

/** What may lie behind an order. */
const sent = fc.record({
  ways: anyWays,
  settledAt: fc.constantFrom(null, minutesBefore(1), minutesBefore(-1)),
  lastLookedAt: fc.constantFrom(null, NOW, minutesBefore(0.75), minutesBefore(5)),
  failedLooks: fc.nat(100),
  refusals: fc.nat(100),
  mode: fc.constantFrom(
    "create_is_free" as const,
    "create_is_guarded" as const,
    "create_may_charge" as const,
  ),
  isMock: fc.boolean(),
  unclearCreates: fc.nat(6),
  notCreated: fc.nat(6),
  acceptedCreates: fc.nat(1),
  payments: fc.nat(3),
});

describe("decide, whatever comes when", () => {
  it("covers every case", () => {
    expect(EVERY_ANSWERED).toHaveLength(11 * 3 * 21);
    expect(EVERY_DOUBT).toHaveLength(11 * (2 * (FOUND.length + 1) + FOUND.length + 22 + 2));
  });

  it("always gives an open order a next look, and nothing but a partial one otherwise", () => {
    for (const one of EVERY_CASE) {
      const { decision, after } = decided(one);
      if (isOpen(after)) expect(decision.nextInMs, nameOf(one)).toBeGreaterThanOrEqual(0);
      else if (after !== "partial" && !isHinted(one)) {
        expect(decision.nextInMs, nameOf(one)).toBeNull();
      }
    }
  });

  it("never moves a status back", () => {
    for (const one of EVERY_CASE) {
      const { after } = decided(one);
      expect(rankOf(after), nameOf(one)).toBeGreaterThanOrEqual(rankOf(one.status));
      if (rankOf(one.status) !== 5) continue;
      const ends = one.status === "rejected" ? [] : ["refunded"];
      expect([one.status, ...ends], nameOf(one)).toContain(after);
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

  it("leaves a trace of every answer on the timeline", () => {
    for (const one of EVERY_ANSWERED) {
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
        sent,
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (one, minutes, facts, random) => {
          const since = minutesBefore(minutes);
          const dates = { createdAt: since, statusChangedAt: since };
          const { decision, after } = decided(one, { ...facts, ...dates }, random);
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

  it("makes a create again only where creating is free or guarded, and five times at most (I1)", () => {
    const lost = EVERY_ANSWERED.filter(
      ({ source, answer }) => source === "create" && answer.kind === "unknown",
    );
    let again = 0;
    fc.assert(
      fc.property(fc.constantFrom(...lost), sent, (one, facts) => {
        const { decision, after } = decided(one, facts);
        if (after !== "submitting") return;
        again += 1;
        expect(decision.nextInMs).toBeGreaterThanOrEqual(3_000);
        expect(facts.mode).not.toBe("create_may_charge");
        expect(facts.unclearCreates).toBeLessThan(5);
      }),
      { seed: 20_261_121, numRuns: 2_000 },
    );
    expect(again).toBeGreaterThan(50);
  });

  it("sends an order anew only after it was found not created, or refused (I1)", () => {
    fc.assert(
      fc.property(fc.constantFrom(...EVERY_CASE), sent, (one, facts) => {
        const { decision } = decided(one, facts);
        if (decision.status !== "submitting") return;
        expect(one.status).toBe("unconfirmed");
        expect(["not_created", "not_found"]).toContain(one.answer.kind);
        expect(decision.resolve).toBe("not_created");
        if (one.answer.kind === "not_created") return;
        // Asked twice since nothing could land any more, half a minute apart.
        expect(facts.settledAt).toEqual(minutesBefore(1));
        expect(facts.lastLookedAt).toEqual(minutesBefore(0.75));
        expect(facts.failedLooks).toBe(0);
      }),
      { seed: 20_261_121, numRuns: 5_000 },
    );
  });

  it("freezes the basket whenever an order becomes unconfirmed that is to be counted, and then alone", () => {
    fc.assert(
      fc.property(fc.constantFrom(...EVERY_CASE), sent, (one, facts) => {
        const { decision } = decided(one, facts);
        const isCounted = decision.status === "unconfirmed" && needsCounting(facts.ways);
        expect(decision.gate === "freeze", nameOf(one)).toBe(isCounted);
      }),
      { seed: 20_261_121, numRuns: 5_000 },
    );
  });

  it("leaves no create unclear of an order that the supplier has shown, or that is over", () => {
    fc.assert(
      fc.property(fc.constantFrom(...EVERY_CASE), sent, (one, facts) => {
        if (one.status !== "submitting" && one.status !== "unconfirmed") return;
        const { decision, after } = decided(one, facts);
        if (facts.unclearCreates === 0 || after === "submitting" || after === "unconfirmed") return;
        // An unanswered payment can't be, of an order that isn't known to exist.
        expect(decision.resolve, nameOf(one)).toBeDefined();
        expect(decision.gate, nameOf(one)).toBe("wake");
      }),
      { seed: 20_261_121, numRuns: 5_000 },
    );
  });
});
