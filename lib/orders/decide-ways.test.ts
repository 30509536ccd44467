/** What the ways of an account make of the same answers. */
import { describe, expect, it } from "vitest";
import { decide } from "./decide.ts";
import type { OrderState } from "./decision.ts";
import type { Observation } from "./observation.ts";
import {
  NOW,
  orderState,
  POLLED,
  refusal,
  supplierOrder,
  UNKNOWN,
} from "./observations.fixture.ts";

const AT_CREATE = { ...POLLED, payStep: "none" } as const;
const GUARDED = {
  mode: "create_is_guarded",
  ways: { ...AT_CREATE, duplicateGuard: "reference", listsOrders: false },
} as const;

const about = { orderId: "order-1", attemptId: null, leaseToken: null };
const answered = (
  state: OrderState,
  source: Observation["source"],
  answer: Observation["answer"],
  more: Partial<Observation> = {},
) => decide(state, { ...about, source, answer, ...more }, NOW, 0.5);
const shows = (...args: Parameters<typeof supplierOrder>) =>
  ({ kind: "order", order: supplierOrder(...args) }) as const;
const says = (...args: Parameters<typeof refusal>) =>
  ({ kind: "refused", refusal: refusal(...args) }) as const;

describe("an account whose orders are paid with their creation", () => {
  it("may answer paid at once, which says nothing of what creating costs", () => {
    for (const state of ["paid", "processing", "completed"] as const) {
      const decision = answered(
        orderState("submitting", { ways: AT_CREATE }),
        "create",
        shows(state),
      );
      expect(decision).toMatchObject({ status: state, isPaid: true });
      expect(decision.chargedUnpaid).toBeUndefined();
      const apart = answered(orderState("submitting"), "create", shows(state));
      expect(apart.chargedUnpaid).toBeDefined();
    }
  });

  it("is looked at by its schedule while it awaits a payment that isn't ours", () => {
    const state = orderState("submitting", { ways: AT_CREATE });
    expect(answered(state, "create", shows("awaiting_payment")).nextInMs).toBe(3_000);
    expect(answered(orderState("submitting"), "create", shows("awaiting_payment")).nextInMs).toBe(
      0,
    );
  });

  it("may owe us the money of an order that it took and cancelled, not of one that awaited payment", () => {
    const signals = (status: OrderState["status"]) =>
      answered(orderState(status, { ways: AT_CREATE }), "look", shows("cancelled")).open.map(
        ({ key }) => key,
      );
    expect(signals("unconfirmed")).toEqual(["cancelled_after_payment"]);
    expect(signals("awaiting_payment")).toEqual(["order_failed"]);
  });
});

describe("a create under a guarded reference", () => {
  it("is repeated five times at the most, and is then unconfirmed", () => {
    const first = orderState("submitting", { ...GUARDED, unclearCreates: 1 });
    expect(answered(first, "create", UNKNOWN)).toMatchObject({ nextInMs: 5_000 });
    expect(answered(first, "create", UNKNOWN).status).toBeUndefined();
    const last = answered({ ...first, unclearCreates: 5 }, "create", UNKNOWN);
    expect(last).toMatchObject({ status: "unconfirmed", nextInMs: null });
    expect(last.gate).toBeUndefined();
  });

  it("accounts for a repeat that is under way when an earlier one is answered after all", () => {
    const state = orderState("submitting", { ...GUARDED, acceptedCreates: 1, inFlight: 1 });
    expect(answered(state, "create", shows("processing"))).toMatchObject({ resolve: "claimed" });
    const free = orderState("submitting", { mode: "create_is_free", inFlight: 1 });
    expect(answered(free, "create", shows("awaiting_payment")).resolve).toBeUndefined();
  });

  it("isn't repeated where the supplier says that it exists", () => {
    const state = orderState("submitting", { ...GUARDED, unclearCreates: 1 });
    expect(answered(state, "create", says("conflict"))).toMatchObject({ status: "unconfirmed" });
    const ways = { ...GUARDED.ways, findsByReference: true };
    expect(answered({ ...state, ways }, "create", says("conflict")).nextInMs).toBe(1_000);
  });

  it("stays in doubt where a repeat is refused: the first may have been the purchase", () => {
    for (const why of ["balance", "out_of_stock", "price_changed", "validation", "auth"] as const) {
      const state = orderState("submitting", { ...GUARDED, unclearCreates: 1 });
      const decision = answered(state, "create", says(why));
      expect(decision, why).toMatchObject({ status: "unconfirmed" });
      expect(decision.rejection, why).toBeUndefined();
      const alone = orderState("submitting", GUARDED);
      expect(answered(alone, "create", says(why)), why).toMatchObject({ status: "rejected" });
    }
  });

  it("is deferred where a repeat provably had no effect, but not given up", () => {
    const state = orderState("submitting", { ...GUARDED, unclearCreates: 1 });
    expect(answered(state, "create", says("rate_limited")).timeline).toMatchObject([
      { kind: "create_deferred" },
    ]);
    const old = { ...state, statusChangedAt: new Date(NOW.getTime() - 31 * 60_000) };
    expect(answered(old, "create", says("transient"))).toMatchObject({ status: "unconfirmed" });
  });
});

describe("what is unclear", () => {
  it("freezes the basket only where counting clears it up, and is searched for where it can be", () => {
    const unclear = (more: Partial<typeof POLLED>) =>
      answered(orderState("submitting", { ways: { ...AT_CREATE, ...more } }), "create", UNKNOWN);
    expect(unclear({})).toMatchObject({ gate: "freeze", nextInMs: null });
    const found = unclear({ findsByReference: true });
    expect(found).toMatchObject({ status: "unconfirmed", nextInMs: 1_000 });
    expect(found.gate).toBeUndefined();
    const left = unclear({ listsOrders: false });
    expect(left).toMatchObject({ status: "unconfirmed", nextInMs: null });
    expect(left.gate).toBeUndefined();
  });
});

describe("what the supplier tells by itself", () => {
  const told = (status: OrderState["status"], answer = shows("completed"), facts = {}) =>
    answered(orderState(status, facts), "push", answer, { event: "order.fulfilled" });

  it("counts as an answer, and as no look", () => {
    const decision = told("processing");
    expect(decision).toMatchObject({
      status: "completed",
      timeline: [
        { kind: "told", data: { event: "order.fulfilled", word: "completed" } },
        { kind: "status_changed" },
      ],
    });
    expect(decision.look).toBeUndefined();
    expect(decision.codes).toHaveLength(1);
  });

  it("makes the supplier order ours while the create is under way, or unclear", () => {
    const answer = shows("processing");
    expect(told("submitting", answer, { inFlight: 1 })).toMatchObject({ resolve: "claimed" });
    expect(told("unconfirmed", answer, { unclearCreates: 1 })).toMatchObject({
      status: "processing",
      resolve: "claimed",
      gate: "wake",
      timeline: [{ kind: "told" }, { kind: "adopted", data: { by: "news" } }, {}],
    });
    expect(told("processing", shows("paid"), { acceptedCreates: 1, inFlight: 1 }).resolve).toBe(
      undefined,
    );
  });

  it("is noted and otherwise ignored where it is older than what we know", () => {
    const decision = told("completed", shows("processing"));
    expect(decision.status).toBeUndefined();
    expect(decision.seen).toBeUndefined();
    expect(decision.timeline).toMatchObject([{ kind: "told" }, { kind: "backward_ignored" }]);
  });

  it("tells exactly how long it took", () => {
    const paidAt = new Date(NOW.getTime() - 9_000);
    expect(told("processing", shows("completed"), { paidAt }).tookMs).toBe(9_000);
  });

  it("leaves an order that can't be asked for a slow turn of its own", () => {
    const ways = { ...AT_CREATE, readsOrders: false };
    const decision = told("submitting", shows("processing"), { ways });
    expect(decision.nextInMs).toBe(15 * 60_000);
    expect(decision.everyMs).toBeUndefined();
  });

  it("makes nothing of a create whose own answer is unclear afterwards", () => {
    const decision = answered(orderState("processing", { unclearCreates: 1 }), "create", UNKNOWN);
    expect(decision).toMatchObject({ resolve: "claimed" });
    expect(decision.status).toBeUndefined();
  });
});
