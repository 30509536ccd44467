import { describe, expect, it } from "vitest";
import { decide } from "./decide.ts";
import type { OrderState } from "./decision.ts";
import { isOpen, isWatched, ORDER_STATUSES } from "./lifecycle.ts";
import type { Observation } from "./observation.ts";
import { NOW, orderState, supplierOrder, UNKNOWN } from "./observations.fixture.ts";

const ASHA = { actor: "Asha Rao", reason: "the supplier says so" };

const of = (state: OrderState, answer: Observation["answer"], facts: Partial<Observation> = {}) =>
  decide(
    state,
    { orderId: "order-1", source: "list", attemptId: null, leaseToken: null, ...facts, answer },
    NOW,
    0.5,
  );
const NOT_CREATED = { kind: "not_created" } as const;
const GIVEN_UP = { kind: "given_up" } as const;
const byAsha = { source: "person", decidedBy: ASHA } as const;

describe("an order whose basket is frozen", () => {
  it("says which order it waits for, and asks again in about a minute", () => {
    const decision = of(orderState("submitting"), { kind: "held_back", twin: "order-2" });
    expect(decision).toMatchObject({
      open: [{ key: "waits_for_twin", data: { twin: "order-2" } }],
      nextInMs: 60_000,
    });
    expect(decision.status).toBeUndefined();
    expect(decision.gate).toBeUndefined();
  });

  it("waits no more once it is sent, whatever comes of that", () => {
    for (const answer of [
      { kind: "order", order: supplierOrder("awaiting_payment") },
      UNKNOWN,
    ] as const) {
      const decision = of(orderState("submitting", { unclearCreates: 1 }), answer, {
        source: "create",
        attemptId: "attempt-1",
      });
      expect(decision.clear).toContain("waits_for_twin");
    }
  });
});

describe("an order that was not created", () => {
  const unconfirmed = (facts: Partial<OrderState> = {}) =>
    orderState("unconfirmed", { unclearCreates: 1, ...facts });

  it("is sent again at once", () => {
    expect(of(unconfirmed(), NOT_CREATED)).toMatchObject({
      status: "submitting",
      resolve: "not_created",
      gate: "wake",
      clear: ["unconfirmed", "stalled"],
      nextInMs: 0,
      timeline: [{ kind: "not_created", data: {} }],
    });
  });

  it("is sent three times at most by itself, then a person decides", () => {
    const sentAgain = [0, 1, 2, 3].map(
      (notCreated) => of(unconfirmed({ notCreated }), NOT_CREATED).status ?? "as it was",
    );
    expect(sentAgain).toEqual(["submitting", "submitting", "as it was", "as it was"]);
    const third = of(unconfirmed({ notCreated: 2 }), NOT_CREATED);
    expect(third).toMatchObject({ resolve: "not_created", open: [{ key: "unconfirmed" }] });
    expect(third.nextInMs).toBeNull();
  });

  it("is sent again by a person as often as that person says so, who is named", () => {
    const decision = of(unconfirmed({ notCreated: 9 }), NOT_CREATED, byAsha);
    expect(decision).toMatchObject({
      status: "submitting",
      timeline: [{ kind: "not_created", data: { reason: ASHA.reason }, actor: "Asha Rao" }],
    });
  });

  it.each(ORDER_STATUSES.filter((status) => status !== "unconfirmed"))(
    "changes nothing of an order that is %s by now",
    (status) => {
      for (const facts of [{}, byAsha]) {
        const decision = of(orderState(status), NOT_CREATED, facts);
        expect(decision.status).toBeUndefined();
        expect(decision.resolve).toBeUndefined();
        expect(decision.timeline).toEqual([]);
        expect(decision.nextInMs === null).toBe(!isWatched(status));
      }
    },
  );
});

describe("an order that is given up", () => {
  it.each(["unconfirmed", "submitting"] as const)("while %s is over, with its reason", (status) => {
    expect(of(orderState(status), GIVEN_UP, byAsha)).toMatchObject({
      status: "rejected",
      rejection: { class: "given_up", code: null, detail: ASHA.reason },
      resolve: "given_up",
      gate: "wake",
      nextInMs: null,
      timeline: [{ kind: "given_up", data: { reason: ASHA.reason }, actor: "Asha Rao" }],
    });
  });

  it.each(ORDER_STATUSES.filter((status) => status !== "unconfirmed" && status !== "submitting"))(
    "goes on when it is %s by now",
    (status) => {
      const decision = of(orderState(status), GIVEN_UP, byAsha);
      expect(decision.status).toBeUndefined();
      expect(decision.rejection).toBeUndefined();
    },
  );
});

describe("a supplier order found in the list, or chosen by a person", () => {
  it("is the order's, and paid next", () => {
    const found = { kind: "order", order: supplierOrder("awaiting_payment") } as const;
    expect(of(orderState("unconfirmed", { unclearCreates: 1 }), found)).toMatchObject({
      status: "awaiting_payment",
      resolve: "claimed",
      gate: "wake",
      nextInMs: 0,
      timeline: [{ kind: "adopted", data: { supplierOrderId: "supplier-order-1" } }, {}],
    });
    expect(of(orderState("submitting"), found, byAsha)).toMatchObject({
      status: "awaiting_payment",
      timeline: [{ kind: "adopted", data: { reason: ASHA.reason }, actor: "Asha Rao" }, {}],
    });
  });

  it("paid already says nothing of what creating costs: nobody knows who paid it", () => {
    for (const state of ["paid", "processing", "completed"] as const) {
      const found = { kind: "order", order: supplierOrder(state) } as const;
      const decision = of(orderState("unconfirmed", { unclearCreates: 1 }), found);
      expect(decision.chargedUnpaid).toBeUndefined();
      expect(decision.status).toBe(state === "completed" ? "completed" : state);
    }
  });
});

describe("an account where creating is free (mode A)", () => {
  const lost = (facts: Partial<OrderState>) =>
    of(orderState("submitting", { mode: "create_is_free", ...facts }), UNKNOWN, {
      source: "create",
      attemptId: "attempt-1",
    });

  it("has a lost create made again, each time a little later, five times in all", () => {
    const waits = [1, 2, 3, 4].map((unclearCreates) => lost({ unclearCreates }).nextInMs);
    expect(waits).toEqual([5_000, 10_000, 20_000, 40_000]);
    for (const unclearCreates of [1, 2, 3, 4]) {
      const decision = lost({ unclearCreates });
      expect(decision.status).toBeUndefined();
      expect(decision.gate).toBeUndefined();
      expect(decision.timeline).toMatchObject([{ kind: "create_unknown", data: { again: true } }]);
    }
    expect(lost({ unclearCreates: 5 })).toMatchObject({
      status: "unconfirmed",
      gate: "freeze",
      open: [{ key: "unconfirmed" }],
      nextInMs: null,
    });
  });

  it("is none any more where it isn't known to be free: the first lost create stops the order", () => {
    expect(lost({ unclearCreates: 1, mode: "create_may_charge" })).toMatchObject({
      status: "unconfirmed",
      gate: "freeze",
    });
  });

  it("supersedes its lost creates by the one that was answered", () => {
    const answered = of(
      orderState("submitting", { mode: "create_is_free", unclearCreates: 2, acceptedCreates: 1 }),
      { kind: "order", order: supplierOrder("awaiting_payment") },
      { source: "create", attemptId: "attempt-3" },
    );
    expect(answered).toMatchObject({ status: "awaiting_payment", resolve: "superseded" });
    expect(answered.chargedUnpaid).toBeUndefined();
  });
});

describe("an order that comes back further along than unpaid, without a payment of ours", () => {
  const answered = (facts: Partial<OrderState>, state: "paid" | "awaiting_payment" = "paid") =>
    of(
      orderState("submitting", { acceptedCreates: 1, ...facts }),
      { kind: "order", order: supplierOrder(state) },
      { source: "create", attemptId: "attempt-1" },
    ).chargedUnpaid;

  it("shows that creating costs", () => {
    expect(answered({})).toEqual({ word: "paid" });
    expect(answered({}, "awaiting_payment")).toBeUndefined();
  });

  it("shows nothing where it is a mock, or was paid by us", () => {
    expect(answered({ isMock: true })).toBeUndefined();
    expect(answered({ payments: 1 })).toBeUndefined();
  });

  it("shows it also by a look, of an order whose create we made", () => {
    const looked = (facts: Partial<OrderState>) =>
      of(
        orderState("awaiting_payment", facts),
        { kind: "order", order: supplierOrder("processing") },
        { source: "look" },
      ).chargedUnpaid;
    expect(looked({ acceptedCreates: 1 })).toEqual({ word: "processing" });
    // Adopted: whoever made it may have paid it.
    expect(looked({ acceptedCreates: 0 })).toBeUndefined();
  });
});

it("nothing that is decided of a doubt leaves an open order without a next time", () => {
  for (const status of ORDER_STATUSES) {
    for (const answer of [NOT_CREATED, GIVEN_UP, { kind: "held_back", twin: null }] as const) {
      const decision = of(orderState(status, { unclearCreates: 1 }), answer, byAsha);
      if (isOpen(decision.status ?? status)) expect(decision.nextInMs).not.toBeNull();
    }
  }
});
