import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ListedState } from "#lib/suppliers/port.ts";
import { compareList, type HeldOrder, nextState, passedBy } from "./compare-list.ts";

const NOW = 1_000_000;
const state = fc.constantFrom<ListedState>("paid", "processing");
const held = fc
  .array(
    fc.record({ state, dueAt: fc.integer({ min: NOW - 9, max: NOW + 9 }), placedAt: fc.nat(NOW) }),
    { maxLength: 20 },
  )
  .map((orders) =>
    orders.map(
      (order, at): HeldOrder => ({ ...order, orderId: `${at}`, supplierOrderId: `s${at}` }),
    ),
  );
const rows = fc.dictionary(
  fc.nat(25).map((at) => `s${at}`),
  fc.record({ state }),
);
const asked = fc.uniqueArray(state).map((states) => new Set(states));
const order = (facts: Partial<HeldOrder> = {}): HeldOrder => ({
  orderId: "1",
  supplierOrderId: "s1",
  state: "processing",
  dueAt: NOW - 1,
  placedAt: NOW - 60_000,
  ...facts,
});

describe("compareList", () => {
  it("says of every order exactly one thing, and that only a missing one may be over", () => {
    fc.assert(
      fc.property(held, rows, asked, (all, listed, states) => {
        const seen = { rows: new Map(Object.entries(listed)), asked: states };
        const { unchanged, advanced, missing, unasked } = compareList(all, seen, NOW);
        const told = [...unchanged, ...advanced, ...missing, ...unasked];
        expect(told.toSorted(byId)).toEqual(all.toSorted(byId));
        for (const one of [...unchanged, ...advanced]) {
          expect(seen.rows.has(one.supplierOrderId)).toBe(true);
        }
        for (const one of [...missing, ...unasked]) {
          expect(seen.rows.has(one.supplierOrderId)).toBe(false);
        }
        // Whoever isn't looked at now has either been seen or isn't due.
        for (const one of unasked) expect(one.dueAt).toBeGreaterThan(NOW);
      }),
    );
  });

  it("takes an order that a lagging list shows where it was before for unchanged", () => {
    const seen = {
      rows: new Map([["s1", { state: "paid" as const }]]),
      asked: new Set<ListedState>(),
    };
    expect(compareList([order()], seen, NOW).unchanged).toHaveLength(1);
    expect(compareList([order({ state: "paid" })], seen, NOW).unchanged).toHaveLength(1);
  });
});

const byId = (left: HeldOrder, right: HeldOrder) => left.orderId.localeCompare(right.orderId);
const none = { rows: new Map(), asked: new Set<ListedState>() };

describe("nextState", () => {
  it("asks for nothing where no order is worth a look", () => {
    expect(nextState([], none, NOW)).toBe(null);
    expect(nextState([order({ dueAt: NOW + 1 })], none, NOW)).toBe(null);
  });

  it("asks for paid orders only where several have stayed so for longer", () => {
    const paid = (at: number, dueAt = NOW) =>
      order({ orderId: `${at}`, supplierOrderId: `s${at}`, state: "paid", dueAt });
    expect(nextState([paid(1), paid(2)], none, NOW)).toBe("processing");
    const once = { ...none, asked: new Set<ListedState>(["processing"]) };
    expect(nextState([paid(1), paid(2)], once, NOW)).toBe("paid");
    expect(nextState([paid(1)], once, NOW)).toBe(null);
    expect(nextState([paid(1), paid(2, NOW + 1)], once, NOW)).toBe(null);
    const listed = new Map([["s2", { state: "processing" as const }]]);
    expect(nextState([paid(1), paid(2)], { ...once, rows: listed }, NOW)).toBe(null);
    const both = { ...none, asked: new Set<ListedState>(["processing", "paid"]) };
    expect(nextState([paid(1), paid(2)], both, NOW)).toBe(null);
  });

  it("comes to an end after two", () => {
    fc.assert(
      fc.property(held, rows, (all, listed) => {
        const states = new Set<ListedState>();
        const seen = { rows: new Map(Object.entries(listed)), asked: states };
        for (let turn = 0; turn < 2; turn += 1) {
          const next = nextState(all, seen, NOW);
          if (next) states.add(next);
        }
        expect(nextState(all, seen, NOW)).toBe(null);
      }),
    );
  });
});

describe("passedBy", () => {
  const at = (name: string, placedAt: number) =>
    order({ orderId: name, supplierOrderId: name, placedAt });
  const all = [at("new", 100_000), at("middle", 80_000), at("old", 60_000), at("twin", 61_000)];
  const byId = new Map(all.map((one) => [one.supplierOrderId, one]));
  const page = (...ids: string[]) => ids.map((supplierOrderId) => ({ supplierOrderId }));
  const passed = (...ids: string[]) => passedBy(byId, page(...ids)).map(({ orderId }) => orderId);

  it("are those clearly newer than the last of ours on a page that is sorted", () => {
    expect(passed("new", "MIDDLE")).toEqual(["new"]);
    expect(passed("new", "foreign", "old")).toEqual(["new", "middle"]);
    expect(passed("foreign")).toEqual([]);
    expect(passed("old", "new")).toEqual([]);
  });
});
