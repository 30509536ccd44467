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

const FINDING = { ...POLLED, payStep: "none", findsByReference: true, listsOrders: false } as const;
const secondsAgo = (seconds: number) => new Date(NOW.getTime() - seconds * 1_000);

function searched(answer: Observation["answer"], facts: Partial<OrderState> = {}) {
  const settledAt = secondsAgo(60);
  const state = orderState("unconfirmed", {
    ways: FINDING,
    unclearCreates: 1,
    settledAt,
    ...facts,
  });
  const about = {
    orderId: "order-1",
    source: "search",
    attemptId: null,
    leaseToken: null,
  } as const;
  return decide(state, { ...about, answer }, NOW, 0.5);
}

const nothingThere = (askedAt = NOW, pages = 1) => ({ kind: "not_found", askedAt, pages }) as const;

describe("a search by our reference", () => {
  it("claims what it finds", () => {
    const decision = searched({ kind: "order", order: supplierOrder("processing") });
    expect(decision).toMatchObject({
      status: "processing",
      resolve: "claimed",
      timeline: [{ kind: "adopted", data: { by: "reference" } }, { kind: "status_changed" }],
    });
    expect(decision.chargedUnpaid).toBeUndefined();
  });

  it("proves nothing while a send may still land, and asks again by then", () => {
    const decision = searched(nothingThere(), { settledAt: secondsAgo(-2), lastLookedAt: NOW });
    expect(decision.status).toBeUndefined();
    expect(decision.look).toBeUndefined();
    expect(decision.nextInMs).toBe(2_000);
  });

  it("rests for as long as it read, but not beyond the time from which on it proves something", () => {
    const restsFor = (pages: number, settlesInS: number) =>
      searched(nothingThere(NOW, pages), { settledAt: secondsAgo(-settlesInS), lastLookedAt: NOW })
        .nextInMs;
    expect(restsFor(9, 600)).toBe(120_000);
    expect(restsFor(9, 30)).toBe(30_000);
    expect(restsFor(1, 600)).toBeLessThan(20_000);
  });

  it("ends for good where there is too much to be read: a person decides, and nothing is proved", () => {
    const decision = searched({ kind: "not_searchable", pages: 50 });
    expect(decision).toMatchObject({
      nextInMs: null,
      timeline: [{ kind: "search_too_long", data: { pages: 50 } }],
      look: { error: expect.stringContaining("too many orders") },
    });
    expect(decision.status).toBeUndefined();
    expect(decision.resolve).toBeUndefined();
  });

  it("counts a search by when it was begun", () => {
    const askedAt = secondsAgo(61);
    const decision = searched(nothingThere(askedAt), { lastLookedAt: secondsAgo(50) });
    expect(decision).toMatchObject({ timeline: [{ kind: "not_found" }] });
    expect(decision.status).toBeUndefined();
  });

  it("is the first of two once it is settled", () => {
    const decision = searched(nothingThere(), { lastLookedAt: secondsAgo(70) });
    expect(decision.status).toBeUndefined();
    expect(decision).toMatchObject({ look: { error: null }, nextInMs: 30_000 });
  });

  it("proves that nothing was made when it says so twice with a pause between", () => {
    const facts = { lastLookedAt: secondsAgo(31) };
    expect(searched(nothingThere(), facts)).toMatchObject({
      status: "submitting",
      resolve: "not_created",
      nextInMs: 0,
      timeline: [{ kind: "not_found" }, { kind: "not_created", data: { by: "reference" } }],
    });
  });

  it("is the first still where it was asked again too soon", () => {
    const decision = searched(nothingThere(), { lastLookedAt: secondsAgo(29) });
    expect(decision.status).toBeUndefined();
    expect(decision.look).toBeUndefined();
    expect(decision.nextInMs).toBe(1_000);
  });

  it("begins anew after one that failed between", () => {
    const decision = searched(nothingThere(), { lastLookedAt: secondsAgo(40), failedLooks: 1 });
    expect(decision.status).toBeUndefined();
    expect(decision.look).toEqual({ error: null });
  });

  it("waits where it fails, whatever the supplier says", () => {
    for (const answer of [UNKNOWN, { kind: "refused", refusal: refusal("not_found") } as const]) {
      const decision = searched(answer, { lastLookedAt: secondsAgo(40) });
      expect(decision.status).toBeUndefined();
      expect(decision.resolve).toBeUndefined();
      expect(decision.look?.error).toBeTruthy();
      expect(decision.nextInMs).toBeGreaterThan(0);
    }
  });

  it("leaves the order to a person after three sends that made nothing", () => {
    const decision = searched(nothingThere(), { lastLookedAt: secondsAgo(31), notCreated: 2 });
    expect(decision).toMatchObject({ resolve: "not_created", open: [{ key: "unconfirmed" }] });
    expect(decision.status).toBeUndefined();
    expect(decision.nextInMs).toBeNull();
  });

  it("says nothing of an order that has moved on, or is being sent", () => {
    const facts = { lastLookedAt: secondsAgo(31) };
    expect(searched(nothingThere(), { ...facts, inFlight: 1 }).resolve).toBeUndefined();
    expect(searched(nothingThere(), { ...facts, status: "submitting" }).resolve).toBeUndefined();
    expect(searched(nothingThere(), { ...facts, settledAt: null }).resolve).toBeUndefined();
  });
});
