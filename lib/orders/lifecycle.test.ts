import { describe, expect, it } from "vitest";
import type { SupplierOrderState } from "#lib/suppliers/port.ts";
import {
  type ItemProgress,
  isFinished,
  isOpen,
  ORDER_STATUSES,
  type OrderStatus,
  step,
} from "./lifecycle.ts";

const WHOLE: ItemProgress = { quantity: 2, isService: false, hasError: false, codes: 2 };
const SHORT: ItemProgress = { ...WHOLE, codes: 1 };
const IN_ERROR: ItemProgress = { ...SHORT, hasError: true };
const SERVICE: ItemProgress = { quantity: 1, isService: true, hasError: false, codes: 0 };

/** "=" unchanged, "<" backward, "?" a word that we don't know, otherwise where it moves. */
type Outcome = OrderStatus | "=" | "<" | "?";
type Row = Record<Exclude<SupplierOrderState, "completed"> | "whole" | "short", Outcome>;

const EVERYWHERE = {
  paid: "paid",
  processing: "processing",
  whole: "completed",
  short: "partial",
  cancelled: "cancelled",
  failed: "failed",
  refunded: "refunded",
  unknown: "?",
} as const;
const NOWHERE = {
  awaiting_payment: "<",
  paid: "<",
  processing: "<",
  whole: "<",
  short: "<",
  cancelled: "<",
  failed: "<",
  refunded: "refunded",
  unknown: "?",
} as const;

const TABLE: Record<OrderStatus, Row> = {
  submitting: { ...EVERYWHERE, awaiting_payment: "awaiting_payment" },
  unconfirmed: { ...EVERYWHERE, awaiting_payment: "awaiting_payment" },
  awaiting_payment: { ...EVERYWHERE, awaiting_payment: "=" },
  paid: { ...EVERYWHERE, awaiting_payment: "<", paid: "=" },
  processing: { ...EVERYWHERE, awaiting_payment: "<", paid: "<", processing: "=" },
  partial: { ...NOWHERE, whole: "completed", short: "=" },
  completed: { ...NOWHERE, whole: "=" },
  cancelled: { ...NOWHERE, cancelled: "=" },
  failed: { ...NOWHERE, failed: "=" },
  rejected: { ...NOWHERE, refunded: "<" },
  refunded: { ...NOWHERE, refunded: "=" },
};

function outcomeOf(current: OrderStatus, observed: SupplierOrderState, items: ItemProgress[]) {
  const moved = step(current, observed, items);
  const signs = { unchanged: "=", backward: "<", unknown_word: "?" } as const;
  return moved.kind === "moved" ? moved.to : signs[moved.kind];
}

describe("step", () => {
  const cases = ORDER_STATUSES.flatMap((status) =>
    Object.entries(TABLE[status]).map(([seen, outcome]) => ({ status, seen, outcome })),
  );

  it("knows every status and every state that a supplier order can be in", () => {
    expect(ORDER_STATUSES).toHaveLength(11);
    expect(cases).toHaveLength(11 * 9);
  });

  it.each(cases)("$status, seen $seen: $outcome", ({ status, seen, outcome }) => {
    const isCompletion = seen === "whole" || seen === "short";
    const observed = (isCompletion ? "completed" : seen) as SupplierOrderState;
    const items = [WHOLE, seen === "short" ? SHORT : WHOLE];
    expect(outcomeOf(status, observed, items)).toBe(outcome);
  });

  it("never moves to a lower rank, whatever comes in whatever order", () => {
    for (const [from, row] of Object.entries(TABLE)) {
      for (const to of Object.values(row).filter((sign) => !"=<?".includes(sign))) {
        expect(TABLE[to as OrderStatus], `${from} → ${to}`).not.toMatchObject({
          [from]: from,
        });
      }
    }
  });
});

describe("completion", () => {
  it.each([
    ["every code there", [WHOLE], "completed"],
    ["more codes than units", [{ ...WHOLE, codes: 3 }], "completed"],
    ["a service, which delivers none", [SERVICE], "completed"],
    ["a service in error", [{ ...SERVICE, hasError: true }], "partial"],
    ["one code short", [WHOLE, SHORT], "partial"],
    ["one item in error", [IN_ERROR, WHOLE], "partial"],
    ["an item in error although its codes came", [{ ...WHOLE, hasError: true }], "partial"],
    ["nothing but errors", [IN_ERROR, IN_ERROR], "partial"],
  ] as const)("with %s", (_, items, expected) => {
    expect(outcomeOf("processing", "completed", [...items])).toBe(expected);
  });
});

describe("what is left to do", () => {
  it("is done by the engine, by a person, or by nobody", () => {
    const byEngine = ORDER_STATUSES.filter(isOpen);
    expect(byEngine).toEqual(["submitting", "awaiting_payment", "paid", "processing"]);
    expect(ORDER_STATUSES.filter((status) => !isOpen(status) && !isFinished(status))).toEqual([
      "unconfirmed",
    ]);
  });
});
