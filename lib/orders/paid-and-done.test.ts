import { describe, expect, it } from "vitest";
import { NOW, orderState } from "./observations.fixture.ts";
import { isPaidNow, tookMs } from "./paid-and-done.ts";

const ago = (ms: number) => new Date(NOW.getTime() - ms);
const processing = { paidAt: ago(60_000), lastLookedAt: ago(20_000) };

describe("isPaidNow", () => {
  it("is when an order first comes to a state that only paid ones have", () => {
    expect(isPaidNow(orderState("awaiting_payment"), "paid")).toBe(true);
    expect(isPaidNow(orderState("awaiting_payment"), "completed")).toBe(true);
    expect(isPaidNow(orderState("submitting"), "processing")).toBe(true);
    expect(isPaidNow(orderState("submitting"), "awaiting_payment")).toBe(false);
    expect(isPaidNow(orderState("awaiting_payment"), "cancelled")).toBe(false);
    expect(isPaidNow(orderState("paid", { paidAt: NOW }), "processing")).toBe(false);
    // Older than the column: when it was paid is not known, and isn't now.
    expect(isPaidNow(orderState("paid"), "paid")).toBe(false);
  });
});

describe("tookMs", () => {
  const took = (facts: object, status: Parameters<typeof tookMs>[1] = "completed") =>
    tookMs(orderState("processing", { ...processing, ...facts }), status, "look", NOW).tookMs;

  it("lies halfway between the last look that found the order open and this one", () => {
    expect(took({})).toBe(50_000);
    expect(took({ lastLookedAt: null })).toBe(30_000);
    expect(took({ lastLookedAt: ago(90_000) })).toBe(30_000);
  });

  it("is nothing at once for an order that its payment's answer shows complete", () => {
    expect(tookMs(orderState("awaiting_payment"), "completed", "pay", NOW)).toEqual({ tookMs: 0 });
    expect(tookMs(orderState("awaiting_payment"), "completed", "look", NOW)).toEqual({});
  });

  it("says nothing where too little is known", () => {
    expect(took({ paidAt: null })).toBeUndefined();
    expect(took({ failedLooks: 2 })).toBeUndefined();
    expect(took({ status: "partial" })).toBeUndefined();
    expect(took({ status: "completed" })).toBeUndefined();
    expect(took({}, "failed")).toBeUndefined();
    expect(took({}, "processing")).toBeUndefined();
  });

  it("bears clocks that differ, and fits its column", () => {
    expect(took({ paidAt: new Date(NOW.getTime() + 5_000) })).toBe(0);
    expect(took({ paidAt: ago(2 ** 33), lastLookedAt: ago(1) })).toBe(2 ** 31 - 1);
  });
});
