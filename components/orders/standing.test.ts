import { describe, expect, it } from "vitest";
import { progressOf } from "#components/orders/progress.ts";
import { standingOf } from "#components/orders/standing.ts";
import type { OrderStatus } from "#lib/orders/lifecycle.ts";
import type { TimelineKind } from "#lib/orders/timeline.ts";
import type { OrderItemView, TimelineView } from "#lib/orders/types.ts";

const at = "2026-01-01T00:00:00.000Z";
const entry = (kind: TimelineKind, data: TimelineView["data"] = {}): TimelineView => ({
  id: kind,
  at,
  kind,
  actor: null,
  data,
  count: 1,
});
const item = (error: string | null) => ({ error }) as OrderItemView;

function order(status: OrderStatus, timeline: TimelineView[] = [], items = [item(null)]) {
  return {
    status,
    timeline,
    items,
    codesStored: 0,
    codesExpected: 1,
    createdAt: at,
    finishedAt: null,
  };
}

describe("standingOf", () => {
  it.each([
    ["submitting", [entry("placed"), entry("create_sent")], "submitting"],
    ["submitting", [entry("create_deferred"), entry("create_sent")], "deferred"],
    ["awaiting_payment", [entry("create_accepted")], "awaitingPayment"],
    ["awaiting_payment", [entry("pay_sent"), entry("pay_refused"), entry("looked")], "payRefused"],
    ["awaiting_payment", [entry("pay_refused"), entry("pay_unknown")], "payUnknown"],
    ["cancelled", [entry("pay_refused")], "cancelledUnpaid"],
    ["cancelled", [entry("pay_unknown")], "cancelledPaid"],
    ["cancelled", [entry("status_changed", { to: "paid" })], "cancelledPaid"],
    ["completed", [], "completed"],
    ["failed", [], "failed"],
  ] as const)("of %s is %#", (status, timeline, expected) => {
    expect(standingOf(order(status, [...timeline]))).toBe(expected);
  });

  it("tells an item's error from missing codes", () => {
    expect(standingOf(order("partial", [], [item(null), item("sold out")]))).toBe("partialError");
    expect(standingOf(order("partial"))).toBe("partialShort");
  });

  it("expects nothing of a service", () => {
    expect(standingOf({ ...order("completed"), codesExpected: 0 })).toBe("completedService");
  });
});

describe("progressOf", () => {
  const states = (...args: Parameters<typeof order>) =>
    progressOf(order(...args)).map(({ state }) => state);

  it("shows how far an ended order came", () => {
    const moved = (to: string) => entry("status_changed", { to });
    expect(states("cancelled")).toEqual(["done", "skipped", "skipped", "stopped"]);
    expect(states("failed", [moved("paid")])).toEqual(["done", "done", "skipped", "stopped"]);
    expect(states("failed", [moved("processing")])).toEqual(["done", "done", "done", "stopped"]);
    expect(states("partial")).toEqual(["done", "done", "done", "look"]);
  });

  it("has the time of each move", () => {
    const steps = progressOf(order("processing", [entry("status_changed", { to: "processing" })]));
    expect(steps.map((step) => step.at)).toEqual([at, null, at, null]);
  });
});
