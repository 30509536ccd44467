import { describe, expect, it } from "vitest";
import { complaints, first, mirrorRow, storedOrder, trueOrder } from "./facts.fixture.ts";

const saying = (...words: string[]) => words.map((each) => expect.stringContaining(each));

describe("purchases", () => {
  it("sees an order that was paid twice", () => {
    const twice = trueOrder({ paidCount: 2 });
    expect(complaints(({ truth }) => truth.orders.splice(0, 1, twice))).toEqual(
      saying("I1 supplier order there-1 was paid 2 times"),
    );
  });

  it("sees a second purchase for one wish, though a person was told", () => {
    const found = complaints((facts) => {
      facts.truth.orders.push(trueOrder({ id: "there-2" }));
      facts.truth.available = "96";
      facts.stored.balance = { available: "96", reserved: "0" };
      facts.stored.supplierOrders.push(
        mirrorRow({ id: "there-2", attribution: null, orderId: null, alertedAt: "now" }),
      );
      first(facts).attempts.push({
        kind: "create",
        outcome: "unknown",
        resolution: "not_created",
      });
    });
    expect(found).toEqual(saying("I1 2 bought and 1 wished for"));
  });

  it("allows one too many where somebody else ordered the same, and a person was told", () => {
    const both = (alertedAt: string | null) =>
      complaints((facts) => {
        facts.truth.orders = [
          trueOrder({ origin: "foreign" }),
          trueOrder({ id: "there-2", items: [{ ...trueOrder().items[0], codes: [] } as never] }),
        ];
        facts.truth.available = "96";
        facts.stored.balance = { available: "96", reserved: "0" };
        facts.stored.supplierOrders.push(
          mirrorRow({ id: "there-2", attribution: null, orderId: null, alertedAt }),
        );
      });
    expect(both("now")).toEqual([]);
    expect(both(null)).toEqual(saying("I1 2 bought", "I16"));
  });

  it("sees a paid order that is taken for a leftover", () => {
    const found = complaints((facts) => {
      facts.stored.orders[0] = storedOrder({
        supplierOrderId: null,
        items: [],
        status: "rejected",
      });
      facts.stored.supplierOrders = [mirrorRow({ attribution: "orphan", orderId: null })];
      facts.history.orders.clear();
      facts.history.codes.clear();
    });
    expect(found).toContainEqual(expect.stringContaining("taken for an unpaid leftover"));
  });

  it("sees that an attribution is gone", () => {
    const found = complaints(({ stored }) => {
      stored.supplierOrders = [mirrorRow({ attribution: null, orderId: null })];
    });
    expect(found).toEqual(saying("I2 owns there-1", "I16"));
  });

  it("sees two owners", () => {
    const found = complaints((facts) => {
      facts.stored.orders.push(storedOrder({ id: "order-2", clientRef: "wish-2", items: [] }));
      facts.intents = [...facts.intents, { clientRef: "wish-2", orderIds: new Set(["order-2"]) }];
    });
    expect(found).toContainEqual("I2 supplier order there-1 is owned 2 times");
  });

  it("sees the goods of another", () => {
    const other = { position: 0, productId: "product-2", quantity: 2, note: null, codes: [] };
    const found = complaints((facts) => {
      first(facts).items = [{ ...other, codes: first(facts).items[0]?.codes ?? [] }];
    });
    expect(found).toContainEqual(expect.stringContaining("I2 owns there-1, which is 2 product-1"));
  });

  it("sees a send that nobody wrote down", () => {
    const found = complaints((facts) => {
      facts.history.requests = [...facts.history.requests, ...facts.history.requests];
    });
    expect(found).toEqual(
      saying(
        "I3 2 create requests came in, and 1 were written down",
        "I3 2 pay requests",
        "I3 there-1 was asked to be paid 2 times",
      ),
    );
  });

  it("sees an order that a refused create can't have made", () => {
    const found = complaints((facts) => {
      first(facts).attempts[0] = { kind: "create", outcome: "refused", resolution: null };
    });
    expect(found).toEqual(saying("I3 1 supplier orders of ours and 0 creates"));
  });
});
