import { describe, expect, it } from "vitest";
import { complaints, first, mirrorRow, storedOrder, trueOrder } from "./facts.fixture.ts";

const saying = (...words: string[]) => words.map((each) => expect.stringContaining(each));

describe("accounts", () => {
  it("sees a supplier order that was never seen, or is taken for an older one", () => {
    const stranger = trueOrder({
      id: "there-2",
      origin: "foreign",
      paidCount: 0,
      status: "active",
    });
    const found = (attribution: string | null) =>
      complaints(({ truth, stored }) => {
        truth.orders.push(stranger);
        if (attribution !== null) {
          stored.supplierOrders.push(mirrorRow({ id: "there-2", attribution, orderId: null }));
        }
      });
    expect(found(null)).toEqual(
      saying("I16 supplier order there-2 (foreign, active) was never seen"),
    );
    expect(found("predates")).toEqual(saying("I16"));
    expect(found("foreign")).toEqual([]);
  });

  it("takes a candidate of an order in doubt for shown", () => {
    const found = (waitsFor: string) =>
      complaints(({ truth, stored, intents }) => {
        truth.orders.push(trueOrder({ id: "there-2", origin: "foreign", paidCount: 0 }));
        stored.supplierOrders.push(
          mirrorRow({ id: "there-2", attribution: null, orderId: null, fingerprint: "basket-2" }),
        );
        stored.gates.push({ fingerprint: "basket-2", isFrozen: true, waitsFor });
        stored.orders.push(
          storedOrder({
            id: "order-2",
            clientRef: "wish-2",
            status: "unconfirmed",
            supplierOrderId: null,
            fingerprint: "basket-2",
            openSignals: ["unconfirmed"],
          }),
        );
        (intents as unknown[]).push({ clientRef: "wish-2", orderIds: new Set(["order-2"]) });
      }).filter((line) => line.startsWith("I16"));
    expect(found("person")).toEqual([]);
    expect(found("settling")).toHaveLength(1);
  });

  it("sees money that nothing explains, and a sample that is wrong", () => {
    const found = complaints(({ truth }) => {
      truth.available = "97";
    });
    expect(found).toEqual(
      saying("I15 the account holds 97, and 98 are explained", "sample says 98"),
    );
  });

  it("counts money that came back, and none for mocks", () => {
    const found = complaints((facts) => {
      facts.truth.orders = [trueOrder({ isMock: true })];
      first(facts).isMock = true;
      facts.truth.available = "100";
      facts.stored.balance = { available: "100", reserved: "0" };
    });
    expect(found).toEqual([]);
  });

  it("sees another price than the one that was paid", () => {
    const found = complaints((facts) => {
      first(facts).chargedTotal = "3";
    });
    expect(found).toEqual(saying("I15 cost 2.0000, and is said to have cost 3"));
  });
});
