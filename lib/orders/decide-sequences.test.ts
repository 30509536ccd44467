import fc from "fast-check";
import { expect, it } from "vitest";
import { anyAnswer, anyWays, PRODUCTS, rankOf, SEED } from "./answers.fixture.ts";
import { decide } from "./decide.ts";
import type { Decision, OrderState } from "./decision.ts";
import { isFinished, isOpen } from "./lifecycle.ts";
import { itemState, minutesBefore, NOW, orderState, SOURCES } from "./observations.fixture.ts";

/** What recording does to the state, without a database. */
function apply(state: OrderState, decision: Decision): OrderState {
  const status = decision.status ?? state.status;
  const moved = status !== state.status;
  return {
    ...state,
    status,
    statusChangedAt: moved ? NOW : state.statusChangedAt,
    toldSince: moved ? (decision.since ?? null) : state.toldSince,
    finishedAt: moved && isFinished(status) ? (state.finishedAt ?? NOW) : state.finishedAt,
    failedLooks: decision.look?.error ? state.failedLooks + 1 : 0,
    items: state.items.map((item) => {
      const error = decision.itemErrors.find(({ itemId }) => itemId === item.id);
      const shown = decision.codes.find(({ itemId }) => itemId === item.id)?.observed.codes ?? [];
      const places = [...item.storedPlaces, ...shown.map(({ position }) => position)];
      return { ...item, ...(error ?? {}), storedPlaces: [...new Set(places)] };
    }),
  };
}

it("goes forward only, loses no code and forgets no order, whatever comes in whatever order", () => {
  const observation = fc.record({
    answer: anyAnswer("supplier-order-1"),
    source: fc.constantFrom(...SOURCES),
    isTold: fc.boolean(),
    random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  });
  const start = fc.constantFrom("submitting", "unconfirmed", "awaiting_payment", "processing");
  fc.assert(
    fc.property(
      start,
      anyWays,
      fc.array(observation, { maxLength: 25 }),
      (status, ways, observations) => {
        let state = orderState(status as OrderState["status"], {
          ways,
          createdAt: minutesBefore(5),
          items: PRODUCTS.map((externalId, index) =>
            itemState({ id: `item-${index}`, externalId }),
          ),
        });
        for (const { random, isTold, ...given } of observations) {
          // What is told in full is an order.
          const source = isTold && given.answer.kind === "order" ? "push" : given.source;
          const observed = { ...given, source };
          const rest = { orderId: "order-1", attemptId: null, leaseToken: null };
          const decision = decide(state, { ...observed, ...rest }, NOW, random);
          const after = apply(state, decision);
          expect(rankOf(after.status)).toBeGreaterThanOrEqual(rankOf(state.status));
          if (isFinished(state.status) && state.status !== "partial") {
            const ends = state.status === "rejected" ? [] : ["refunded"];
            expect([state.status, ...ends]).toContain(after.status);
          }
          if (isOpen(after.status)) expect(decision.nextInMs).not.toBeNull();
          if (after.status === "completed") {
            expect(after.items.every((item) => item.storedPlaces.length >= item.quantity)).toBe(
              true,
            );
          }
          const { answer } = observed;
          if (answer.kind === "order") {
            const shown = answer.order.items.flatMap((item) => item.codes).length;
            const kept = decision.codes.flatMap(({ observed }) => observed.codes).length;
            expect(kept).toBe(shown);
            if (shown > 0 && ["cancelled", "failed"].includes(after.status)) {
              expect(decision.withhold).toBe(true);
            }
          }
          state = after;
        }
      },
    ),
    { seed: SEED, numRuns: 3_000 },
  );
});
