import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decideGate, type GateFacts } from "./gate-decision.ts";
import { candidates, SETTLED, seconds, sends } from "./gate-facts.fixture.ts";

const RUNS = { seed: 20_261_121, numRuns: 5_000 };

describe("counting never", () => {
  const any: fc.Arbitrary<GateFacts> = fc
    .record({
      isExclusive: fc.boolean(),
      outstanding: fc.constantFrom(0, 0, 0, 1),
      sends: fc
        .array(fc.constantFrom("A", "B", "C"), { minLength: 1, maxLength: 5 })
        .map((words) => sends(...words)),
      ids: fc.uniqueArray(fc.constantFrom("s1", "s2", "s3", "s4", "s5", "s6"), { maxLength: 6 }),
      unclear: fc.constantFrom(false, false, false, true),
      isComplete: fc.constantFrom(true, true, true, false),
      listedIn: fc.integer({ min: -600, max: 600 }),
      tookS: fc.integer({ min: 0, max: 60 }),
      looks: fc.array(
        fc.record({
          gapS: fc.integer({ min: 0, max: 45 }),
          isComplete: fc.constantFrom(true, true, true, false),
          other: fc.constantFrom(null, null, null, "s1", "s7"),
        }),
        { maxLength: 4 },
      ),
    })
    .map(({ ids, unclear, listedIn, tookS, looks, ...rest }) => ({
      ...rest,
      candidates: candidates(...ids).map((one, at) =>
        unclear && at === 0 ? { ...one, match: "unclear" as const } : one,
      ),
      settledAt: SETTLED,
      listedAt: seconds(listedIn),
      now: seconds(listedIn + tookS),
      earlier: looks.map(({ isComplete, other }, at) => ({
        at: seconds(listedIn - looks.slice(0, at + 1).reduce((sum, { gapS }) => sum + gapS, 0)),
        isComplete,
        candidates: other === null ? [...ids].sort() : [other],
      })),
    }));
  const resolved = (given: GateFacts) => {
    const decision = decideGate(given);
    return decision.kind === "resolve" ? decision : null;
  };

  it("decides before all has settled, unless every send is there and the account is ours alone", () => {
    let early = 0;
    fc.assert(
      fc.property(any, (given) => {
        if (!resolved(given) || given.listedAt >= given.settledAt) return;
        early += 1;
        expect(given.isExclusive).toBe(true);
        expect(given.candidates).toHaveLength(given.sends.length);
      }),
      RUNS,
    );
    expect(early).toBeGreaterThan(20);
  });

  it("decides on a broken list, a create under way, what it can't tell, or too many", () => {
    let decided = 0;
    fc.assert(
      fc.property(any, (given) => {
        if (!resolved(given)) return;
        decided += 1;
        expect(given).toMatchObject({ isComplete: true, outstanding: 0 });
        expect(given.candidates.every(({ match }) => match === "same")).toBe(true);
        expect(given.candidates.length).toBeLessThanOrEqual(given.sends.length);
      }),
      RUNS,
    );
    expect(decided).toBeGreaterThan(200);
  });

  it("says that something wasn't created on one look alone", () => {
    fc.assert(
      fc.property(any, (given) => {
        const decision = resolved(given);
        if (!decision || decision.notCreated.length === 0) return;
        const listed = given.candidates.map(({ supplierOrderId }) => supplierOrderId).sort();
        const first = given.earlier.find(
          ({ at }) => given.listedAt.getTime() - at.getTime() >= 30_000,
        );
        expect(first).toMatchObject({ isComplete: true, candidates: listed });
        expect(first?.at.getTime()).toBeGreaterThanOrEqual(given.settledAt.getTime());
      }),
      RUNS,
    );
  });

  it("gives one supplier order to two, or forgets an order (I2)", () => {
    fc.assert(
      fc.property(any, (given) => {
        const decision = resolved(given);
        if (!decision) return;
        const { claims, notCreated } = decision;
        const claimed = claims.map(({ supplierOrderId }) => supplierOrderId);
        expect(new Set(claimed).size).toBe(claimed.length);
        expect(given.candidates.map(({ supplierOrderId }) => supplierOrderId)).toEqual(
          expect.arrayContaining(claimed),
        );
        const orders = [...claims.map(({ orderId }) => orderId), ...notCreated];
        expect(orders.sort()).toEqual([...new Set(given.sends.map((one) => one.orderId))].sort());
        // None is sent again while goods for it lie there.
        if (notCreated.length > 0) expect(claims).toHaveLength(given.candidates.length);
      }),
      RUNS,
    );
  });

  it("waits for nothing, or for ever", () => {
    fc.assert(
      fc.property(any, (given) => {
        const decision = decideGate(given);
        if (decision.kind === "wait") {
          expect(decision.inMs).toBeGreaterThanOrEqual(1_000);
          expect(decision.inMs).toBeLessThanOrEqual(600_000);
        }
      }),
      RUNS,
    );
  });
});
