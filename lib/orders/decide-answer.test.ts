import { describe, expect, it } from "vitest";
import type { SupplierOrder } from "#lib/suppliers/port.ts";
import { onOrder } from "./decide-answer.ts";
import type { OrderState } from "./decision.ts";
import {
  codes,
  itemState,
  minutesBefore,
  NOW,
  orderState,
  SUPPLIER_STATES,
  supplierItem,
  supplierOrder,
} from "./observations.fixture.ts";

const seen = (
  state: OrderState,
  order: SupplierOrder,
  source: "create" | "pay" | "look" = "look",
) => onOrder(state, order, { source }, NOW, 0.5);

const kinds = (decision: ReturnType<typeof seen>) => decision.timeline.map(({ kind }) => kind);
const opened = (decision: ReturnType<typeof seen>) => decision.open.map(({ key }) => key);

describe("the answer to a create", () => {
  it("that shows the order unpaid has it paid at once", () => {
    const decision = seen(orderState("submitting"), supplierOrder("awaiting_payment"), "create");
    expect(decision).toMatchObject({ status: "awaiting_payment", nextInMs: 0 });
    expect(kinds(decision)).toEqual(["create_accepted", "status_changed"]);
  });

  it("that comes after all ends an unconfirmed order's doubt", () => {
    const decision = seen(orderState("unconfirmed"), supplierOrder("awaiting_payment"), "create");
    expect(decision).toMatchObject({ status: "awaiting_payment", nextInMs: 0 });
    expect(decision.clear).toContain("unconfirmed");
  });

  it("with a word that we don't know is kept, and looked at before anything is paid", () => {
    const decision = seen(orderState("submitting"), supplierOrder("unknown"), "create");
    expect(decision.status).toBe("awaiting_payment");
    expect(decision.nextInMs).toBeGreaterThanOrEqual(2_000);
    expect(opened(decision)).toEqual(["unknown_word"]);
    expect(decision.seen?.supplierOrderId).toBe("supplier-order-1");
  });

  it.each(["paid", "processing", "completed", "cancelled", "failed"] as const)(
    "may show it %s already",
    (state) => {
      const decision = seen(orderState("submitting"), supplierOrder(state), "create");
      expect(decision.status).toBe(state);
    },
  );
});

describe("a stale answer", () => {
  it.each(["awaiting_payment", "paid", "processing", "failed"] as const)(
    "(%s) changes nothing of a completed order",
    (state) => {
      const order = orderState("completed", { finishedAt: minutesBefore(1) });
      const decision = seen(order, supplierOrder(state, { cancelReason: "user_request" }));
      expect(decision).toMatchObject({
        withhold: false,
        nextInMs: null,
        codes: [],
        itemErrors: [],
      });
      expect(decision.status).toBeUndefined();
      expect(decision.seen).toBeUndefined();
      expect(kinds(decision)).toContain("backward_ignored");
    },
  );

  it("still gives up the codes in it", () => {
    const stale = supplierOrder("processing", { items: [supplierItem({ codes: codes("A") })] });
    const decision = seen(orderState("completed", { finishedAt: NOW }), stale);
    expect(decision.codes).toMatchObject([{ itemId: "item-0" }]);
  });

  it("doesn't take away an error that was said", () => {
    const order = orderState("processing", { items: [itemState({ error: "sold out" })] });
    expect(seen(order, supplierOrder("processing")).itemErrors).toEqual([]);
  });
});

describe("a word that we don't know", () => {
  it("leaves an open order where it is, looked at on", () => {
    const decision = seen(orderState("processing"), supplierOrder("unknown"));
    expect(decision.status).toBeUndefined();
    expect(decision.nextInMs).toBeGreaterThan(0);
    expect(decision.seen?.word).toBe("on_hold");
    expect(opened(decision)).toEqual(["unknown_word"]);
  });

  it("doesn't reopen a finished one, but is shown", () => {
    const decision = seen(orderState("completed", { finishedAt: NOW }), supplierOrder("unknown"));
    expect(decision.status).toBeUndefined();
    expect(decision.nextInMs).toBeNull();
    expect(opened(decision)).toEqual(["unknown_word"]);
  });

  it.each(SUPPLIER_STATES.filter((state) => state !== "unknown"))("is over with: %s", (state) => {
    expect(seen(orderState("processing"), supplierOrder(state)).clear).toContain("unknown_word");
  });
});

describe("completed", () => {
  const twice = (facts = {}) =>
    orderState("processing", { items: [itemState({ quantity: 2, ...facts })] });
  const withCodes = (...values: string[]) =>
    supplierOrder("completed", { items: [supplierItem({ codes: codes(...values) })] });

  it("with too few codes is partial, watched, and counted", () => {
    const decision = seen(twice(), withCodes("A"));
    expect(decision.status).toBe("partial");
    expect(decision.nextInMs).toBeGreaterThan(0);
    expect(decision.open).toEqual([{ key: "codes_short", data: { got: 1, expected: 2 } }]);
  });

  it("isn't short anew of the same codes, which a person may have dealt with", () => {
    const partial = (storedPlaces: number[]) =>
      orderState("partial", {
        items: [itemState({ quantity: 3, storedPlaces })],
        finishedAt: minutesBefore(60),
      });
    expect(opened(seen(partial([0]), withCodes("A")))).toEqual([]);
    expect(seen(partial([0]), withCodes("A", "B")).open).toEqual([
      { key: "codes_short", data: { got: 2, expected: 3 } },
    ]);
  });

  it("counts what is stored and what is shown by place", () => {
    const second = { position: 1, value: "B", raw: "B" };
    const order = supplierOrder("completed", { items: [supplierItem({ codes: [second] })] });
    expect(seen(twice({ storedPlaces: [0] }), order).status).toBe("completed");
    expect(seen(twice({ storedPlaces: [1] }), order).status).toBe("partial");
  });

  it("becomes whole when the missing codes come, and stops being short", () => {
    const partial = { ...twice(), status: "partial" as const, finishedAt: minutesBefore(60) };
    const decision = seen(partial, withCodes("A", "B"));
    expect(decision).toMatchObject({ status: "completed", nextInMs: null });
    expect(decision.clear).toContain("codes_short");
  });

  it("is watched for missing codes for 14 days, then no more", () => {
    const partial = { ...twice(), status: "partial" as const };
    const days = (count: number) => ({ ...partial, finishedAt: minutesBefore(count * 24 * 60) });
    expect(seen(days(13), withCodes("A")).nextInMs).toBeGreaterThan(0);
    expect(seen(days(15), withCodes("A")).nextInMs).toBeNull();
  });

  it("with an item in error is partial and not waited for", () => {
    const items = [supplierItem({ error: "withdrawn" })];
    const decision = seen(twice(), supplierOrder("completed", { items }));
    expect(decision).toMatchObject({ status: "partial", nextInMs: null });
    expect(decision.itemErrors).toEqual([{ itemId: "item-0", error: "withdrawn" }]);
    expect(decision.open).toEqual([{ key: "partial", data: { failed: 1, got: 0, expected: 0 } }]);
    const again = { ...twice({ error: "withdrawn" }), status: "partial" as const };
    expect(opened(seen(again, supplierOrder("completed", { items })))).toEqual([]);
  });

  it("takes an error for over once every code of the item came after all", () => {
    const decision = seen(twice({ error: "delayed" }), withCodes("A", "B"));
    expect(decision.status).toBe("completed");
    expect(decision.itemErrors).toEqual([{ itemId: "item-0", error: null }]);
    const service = orderState("processing", {
      items: [itemState({ isService: true, error: "wrong account" })],
    });
    expect(seen(service, withCodes()).status).toBe("partial");
  });
});

describe("cancelled or failed", () => {
  it.each(["cancelled", "failed"] as const)("%s withholds the codes that come with it", (state) => {
    const order = supplierOrder(state, { items: [supplierItem({ codes: codes("A") })] });
    const decision = seen(orderState("processing"), order);
    expect(decision).toMatchObject({ status: state, withhold: true });
    expect(decision.codes).toHaveLength(1);
    const bad = state === "failed" ? "order_failed" : "cancelled_after_payment";
    expect(opened(decision)).toEqual([bad, "codes_withheld"]);
  });

  it("withholds also what came before", () => {
    const order = orderState("processing", { items: [itemState({ storedPlaces: [0] })] });
    const decision = seen(order, supplierOrder("failed"));
    expect(decision.withhold).toBe(true);
    expect(opened(decision)).toEqual(["order_failed", "codes_withheld"]);
  });

  it("says it once: what a person has dealt with isn't said again of the same codes", () => {
    const order = orderState("failed", {
      finishedAt: NOW,
      items: [itemState({ storedPlaces: [0] })],
    });
    const shown = supplierOrder("failed", { items: [supplierItem({ codes: codes("A") })] });
    expect(opened(seen(order, shown))).toEqual([]);
    const more = supplierOrder("failed", { items: [supplierItem({ codes: codes("A", "B") })] });
    expect(opened(seen(order, more))).toEqual(["codes_extra", "codes_withheld"]);
  });

  it("is a question of the money only where it had been paid", () => {
    const facts = { word: "cancelled", reason: "payment_expiration" };
    const cancelled = supplierOrder("cancelled", { word: "cancelled", cancelReason: facts.reason });
    const open = (order: OrderState) => seen(order, cancelled).open;
    expect(open(orderState("awaiting_payment"))).toEqual([
      { key: "order_failed", data: { status: "cancelled", ...facts } },
    ]);
    const asked = {
      key: "cancelled_after_payment",
      data: { amount: "4.75", currency: "USD", ...facts },
    };
    expect(open(orderState("awaiting_payment", { payments: 1 }))).toEqual([asked]);
    expect(open(orderState("processing", { paidAt: NOW }))).toEqual([asked]);
  });

  it("a refund is told whatever it had come to, in place of what was told before", () => {
    const given = supplierOrder("refunded", { word: "refunded" });
    const items = [itemState({ storedPlaces: [0] })];
    const finishedAt = NOW;
    for (const was of ["awaiting_payment", "processing", "completed", "cancelled"] as const) {
      const decision = seen(orderState(was, { items, finishedAt }), given);
      expect(decision).toMatchObject({ status: "refunded", withhold: true, nextInMs: null });
      expect(opened(decision)).toEqual(["order_refunded", "codes_withheld"]);
      expect(decision.clear).toEqual(
        expect.arrayContaining(["order_failed", "cancelled_after_payment"]),
      );
      expect(decision.open).toContainEqual({
        key: "order_refunded",
        data: {
          ...{ was, amount: "4.75", currency: "USD", codes: 1 },
          ...{ word: "refunded", reason: null },
        },
      });
    }
    const again = seen(orderState("refunded", { items, finishedAt }), given);
    expect([again.status, opened(again)]).toEqual([undefined, []]);
  });

  it("withholds what a late `completed` brings, and stays", () => {
    const order = orderState("cancelled", { finishedAt: NOW });
    const decision = seen(order, supplierOrder("completed"));
    expect(decision.status).toBeUndefined();
    expect(decision).toMatchObject({ withhold: true, nextInMs: null });
    expect(opened(decision)).toEqual(["codes_withheld"]);
  });

  it("has nothing to withhold without codes", () => {
    expect(opened(seen(orderState("processing"), supplierOrder("cancelled")))).toEqual([
      "cancelled_after_payment",
    ]);
  });
});

describe("what an answer ends", () => {
  it("a refused payment, once the order is no longer unpaid", () => {
    const unpaid = orderState("awaiting_payment");
    expect(seen(unpaid, supplierOrder("awaiting_payment")).clear).not.toContain("pay_refused");
    expect(seen(unpaid, supplierOrder("paid")).clear).toContain("pay_refused");
    expect(seen(unpaid, supplierOrder("cancelled")).clear).toContain("pay_refused");
  });

  it("the worry that the supplier has lost it, whatever its word", () => {
    for (const state of SUPPLIER_STATES) {
      const decision = seen(orderState("processing"), supplierOrder(state));
      expect(decision.clear).toContain("lost_at_supplier");
      expect(decision.look).toEqual({ error: null });
    }
  });
});
