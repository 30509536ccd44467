import { describe, expect, it } from "vitest";
import { isAtRest } from "./check-orders.ts";
import { complaints, first, storedOrder, trueOrder } from "./facts.fixture.ts";

const saying = (...words: string[]) => words.map((each) => expect.stringContaining(each));

it("finds nothing in a sound run", () => {
  expect(complaints(() => undefined)).toEqual([]);
});

describe("orders", () => {
  it("sees a wish that got lost, one that was answered twice, and one of nobody's", () => {
    const found = complaints((facts) => {
      facts.intents = [
        { clientRef: "wish-1", orderIds: new Set(["order-1", "order-2"]) },
        { clientRef: "wish-2", orderIds: new Set(["order-3"]) },
      ];
      facts.stored.orders.push(
        storedOrder({
          id: "order-4",
          clientRef: "wish-4",
          status: "rejected",
          supplierOrderId: null,
        }),
      );
    });
    expect(found).toEqual(
      expect.arrayContaining(
        saying(
          "intent the wish wish-1 was answered with order-1, order-2",
          "intent the wish wish-2 was confirmed, and is lost",
          "intent nobody wished for wish-4",
        ),
      ),
    );
  });

  it("sees a step back, and another supplier order", () => {
    const found = complaints(({ history }) =>
      history.orders.set("order-1", [
        { status: "completed", supplierOrderId: "there-0" },
        { status: "paid", supplierOrderId: "there-1" },
      ]),
    );
    expect(found).toEqual(
      saying("I7 went from completed to paid", "I7 was there-0, and became there-1"),
    );
  });

  it("sees an end that was reached twice, or isn't one at the supplier", () => {
    expect(complaints((facts) => first(facts).moves.push("completed"))).toEqual(
      saying("I8 came to completed 2 times"),
    );
    expect(
      complaints(({ truth }) => truth.orders.splice(0, 1, trueOrder({ status: "processing" }))),
    ).toContainEqual("I7 is completed, and processing at the supplier");
  });

  it("sees an order that isn't at rest", () => {
    const found = complaints((facts) => {
      first(facts).status = "unconfirmed";
      facts.stored.gates = [{ fingerprint: "basket-1", isFrozen: true, waitsFor: "settling" }];
    });
    expect(found).toEqual(saying("I20 is unconfirmed still; its basket waits for: settling"));
  });

  it.each([
    ["unconfirmed", "person", ["unconfirmed"], true],
    ["unconfirmed", "person", [], false],
    ["unconfirmed", "second_pass", ["unconfirmed"], false],
    ["unconfirmed", null, ["unconfirmed"], true],
    ["submitting", "person", ["waits_for_twin"], true],
    ["submitting", "settling", ["waits_for_twin"], false],
    ["submitting", null, [], false],
    ["awaiting_payment", null, ["pay_refused"], true],
    ["processing", null, ["stalled"], false],
    ["processing", null, ["lost_at_supplier"], true],
    ["partial", null, [], true],
  ])("%s with its basket at %s and %j: %s", (status, waitsFor, openSignals, rests) => {
    const gates = [{ fingerprint: "basket-1", isFrozen: waitsFor !== null, waitsFor }];
    expect(isAtRest(gates, { status, fingerprint: "basket-1", openSignals })).toBe(rests);
  });
});
