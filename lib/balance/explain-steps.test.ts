import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explainSteps, type Step } from "./explain-steps.ts";
import type { Move } from "./place-move.ts";
import { fromUnits, toUnits } from "./units.ts";

const SECOND = 1_000;
const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + seconds * SECOND);

const step = (id: string, from: number, to: number, before: string, after: string): Step => ({
  ...{ id, fromAt: at(from), toAt: at(to), before, after },
});
const paid = (id: string, amount: string, from: number, by: number): Move => ({
  ...{ id, kind: "order", amount, earliestAt: at(from), latestAt: at(by) },
  ...{ isCertain: true, isSaid: false, belongsTo: id },
});
const refund = (id: string, amount: string, from: number, endedBy: number): Move => ({
  ...{ id: `${id} back`, kind: "refund", amount, earliestAt: at(from), latestAt: at(endedBy) },
  ...{ isCertain: false, isSaid: false, belongsTo: id },
});
const topUp = (id: string, amount: string, when: number): Move => ({
  ...{ id, kind: "top_up", amount, earliestAt: at(when), latestAt: null },
  ...{ isCertain: true, isSaid: false, belongsTo: id },
});
const told = (steps: Step[], moves: Move[]) =>
  explainSteps(steps, moves).map(
    ({ stepId, moves: taken, remainder }) => `${stepId}: ${taken.join(", ")} | ${remainder}`,
  );

describe("explainSteps", () => {
  it("finds payments, refunds and top-ups to the last decimal", () => {
    const steps = [
      step("a", 0, 60, "100", "90.4502"),
      step("b", 60, 120, "90.4502", "95.2251"),
      step("c", 120, 180, "95.2251", "595.2251"),
    ];
    const moves = [
      ...[paid("one", "-4.7749", 10, 11), paid("two", "-4.7749", 20, 21)],
      ...[refund("two", "4.7749", 20, 100), topUp("money", "500", 150)],
    ];
    expect(told(steps, moves)).toEqual(["a: one, two | 0", "b: two back | 0", "c: money | 0"]);
  });

  it("leaves what nothing explains, beside what must be part of it", () => {
    const moves = [paid("one", "-5", 10, 11)];
    expect(told([step("a", 0, 60, "100", "82.66")], moves)).toEqual(["a: one | -12.34"]);
    expect(told([step("a", 0, 60, "100", "100.01")], [])).toEqual(["a:  | 0.01"]);
  });

  it("takes no payment of another time, however well it would fit", () => {
    expect(told([step("a", 60, 120, "100", "95")], [paid("later", "-5", 130, 131)])).toEqual([
      "a:  | -5",
    ]);
    const longAgo = paid("long ago", "-5", 10, 11);
    expect(told([step("a", 8_000, 8_060, "100", "95")], [longAgo])).toEqual(["a:  | -5"]);
  });

  it("tells which payments in flight a sample shows by what adds up later", () => {
    // All three were under way when the first sample was taken.
    const moves = [
      ...[paid("five", "-5", 50, 65), paid("other five", "-5", 51, 66)],
      paid("ten", "-10", 52, 67),
    ];
    const steps = [step("a", 0, 60, "100", "90"), step("b", 55, 120, "90", "80")];
    const explained = explainSteps(steps, moves);
    expect(explained.map(({ remainder }) => remainder)).toEqual(["0", "0"]);
    expect(explained.flatMap((one) => one.moves).sort()).toEqual(["five", "other five", "ten"]);
    // Greedy at the first would spend the five that the second needs.
    const fiveMore = [paid("five", "-5", 1, 2), paid("in flight", "-5", 50, 65)];
    const unlucky = [step("a", 0, 60, "100", "95"), step("b", 55, 120, "95", "90")];
    expect(told(unlucky, fiveMore)).toEqual(["a: five | 0", "b: in flight | 0"]);
  });

  it("lets a payment and its refund be over between two samples", () => {
    const moves = [
      paid("gone", "-5", 10, 11),
      refund("gone", "5", 10, 20),
      paid("x", "-3", 70, 71),
    ];
    expect(told([step("a", 60, 120, "100", "97")], moves)).toEqual(["a: gone, gone back, x | 0"]);
  });

  it("takes the payment of an order in doubt where only that adds up", () => {
    const doubtful = { ...paid("doubt", "-5", 10, 0), latestAt: null, isCertain: false };
    expect(told([step("a", 0, 60, "100", "95")], [doubtful])).toEqual(["a: doubt | 0"]);
    expect(told([step("a", 0, 60, "100", "96")], [doubtful])).toEqual(["a:  | -4"]);
  });

  it("expects refunds with the end of their orders, or none where the supplier keeps the money", () => {
    const orders = Array.from({ length: 40 }, (_, n) => refund(`${n}`, `${n + 1}.01`, 5, 30));
    const all = orders.reduce((sum, { amount }) => sum + toUnits(amount), 0n);
    expect(told([step("a", 0, 60, "0", fromUnits(all))], orders)[0]).toMatch(/\| 0$/);
    expect(told([step("a", 0, 60, "100", "95")], [...orders, paid("x", "-5", 10, 11)])).toEqual([
      "a: x | 0",
    ]);
  });

  it("doesn't take chance for a reason: of many payments some always add up", () => {
    const moves = Array.from({ length: 60 }, (_, n) => paid(`${n}`, `-${n + 1}.0${n % 10}`, 5, 6));
    const sum = moves.reduce((units, { amount }) => units + toUnits(amount), 0n);
    const after = fromUnits(10_000_000n + sum - 123_400n);
    expect(told([step("a", 0, 120, "1000", after)], moves)[0]).toMatch(/\| -12.34$/);
  });
});

/** An account that really lives: payments, refunds and top-ups at their times, and samples at others. */
const amounts = fc.constantFrom("4.75", "4.75", "9.5", "10", "0.9549", "19.0001", "3.3333");
const life = fc.record({
  payments: fc.array(
    fc.record({
      amount: amounts,
      startsAt: fc.integer({ min: 10, max: 3_000 }),
      tookMs: fc.integer({ min: 50, max: 3_000 }),
      movedAfter: fc.double({ min: 0, max: 1, noNaN: true }),
      refundedAfter: fc.option(fc.integer({ min: 1, max: 200 }), { freq: 4 }),
      /** Between the end of the order and the look that saw it. */
      seenAfter: fc.integer({ min: 0, max: 30 }),
    }),
    { maxLength: 60 },
  ),
  topUps: fc.array(
    fc.record({ amount: fc.constantFrom("100", "250.5"), at: fc.integer({ min: 10, max: 3_000 }) }),
    {
      maxLength: 3,
    },
  ),
  every: fc.integer({ min: 15, max: 90 }),
  answersInMs: fc.integer({ min: 20, max: 1_500 }),
});
type Life = typeof life extends fc.Arbitrary<infer Lived> ? Lived : never;

function live({ payments, topUps, every, answersInMs }: Life) {
  const start = at(0).getTime();
  const events: { at: number; units: bigint }[] = [];
  const moves: Move[] = [];
  for (const [index, payment] of payments.entries()) {
    const begun = start + payment.startsAt * SECOND;
    const units = toUnits(payment.amount);
    events.push({ at: begun + payment.tookMs * payment.movedAfter, units: -units });
    const order = { belongsTo: `${index}`, earliestAt: new Date(begun) };
    moves.push({
      ...{ id: `p${index}`, kind: "order", amount: fromUnits(-units), ...order },
      ...{ latestAt: new Date(begun + payment.tookMs), isCertain: true, isSaid: false },
    });
    if (payment.refundedAfter !== null) {
      const back = begun + payment.tookMs + payment.refundedAfter * SECOND;
      events.push({ at: back, units });
      moves.push({
        ...{ id: `r${index}`, kind: "refund", amount: fromUnits(units), ...order },
        ...{
          latestAt: new Date(back + payment.seenAfter * SECOND),
          isCertain: false,
          isSaid: false,
        },
      });
    }
  }
  for (const [index, { amount, at: when }] of topUps.entries()) {
    events.push({ at: start + when * SECOND, units: toUnits(amount) });
    moves.push({ ...topUp(`t${index}`, amount, when - 86_400), belongsTo: `t${index}` });
  }
  const held = (when: number) =>
    events.reduce((sum, event) => (event.at <= when ? sum + event.units : sum), 50_000_000n);
  const steps: Step[] = [];
  let before = { asked: start, units: held(start) };
  for (
    let asked = start + every * SECOND;
    asked < start + 3_600 * SECOND;
    asked += every * SECOND
  ) {
    // What the supplier says holds at some moment of the call.
    const units = held(asked + answersInMs / 2);
    if (units !== before.units) {
      const [from, to] = [new Date(before.asked), new Date(asked + answersInMs)];
      const amounts = { before: fromUnits(before.units), after: fromUnits(units) };
      steps.push({ id: `s${steps.length}`, fromAt: from, toAt: to, ...amounts });
    }
    before = { asked, units };
  }
  return { steps, moves };
}

describe("explainSteps, whatever happens", () => {
  it("never takes a move twice, and what it says adds up to the last decimal", () => {
    fc.assert(
      fc.property(life, fc.bigInt({ min: -300_000n, max: 300_000n }), (lived, phantom) => {
        const { steps, moves } = live(lived);
        const middle = Math.floor(steps.length / 2);
        const robbed = steps.map((one, index) => ({
          ...one,
          before: fromUnits(toUnits(one.before) + (index > middle ? phantom : 0n)),
          after: fromUnits(toUnits(one.after) + (index >= middle ? phantom : 0n)),
        }));
        const explained = explainSteps(robbed, moves);
        const taken = explained.flatMap((one) => one.moves);
        expect(new Set(taken).size).toBe(taken.length);
        expect(explained.map(({ stepId }) => stepId)).toEqual(robbed.map(({ id }) => id));
        const amountOf = new Map(moves.map(({ id, amount }) => [id, toUnits(amount)]));
        for (const [index, one] of explained.entries()) {
          const sum = one.moves.reduce((units, id) => units + (amountOf.get(id) ?? 0n), 0n);
          const { before = "0", after = "0" } = robbed[index] ?? {};
          expect(sum + toUnits(one.remainder)).toBe(toUnits(after) - toUnits(before));
        }
      }),
      { numRuns: 60 },
    );
  });

  it("explains every change of an account that nothing else moves", () => {
    fc.assert(
      fc.property(life, (lived) => {
        const { steps, moves } = live(lived);
        const left = explainSteps(steps, moves).filter(({ remainder }) => remainder !== "0");
        expect(left).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
