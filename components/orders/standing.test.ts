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
    rejection: null,
    waitsFor: null,
    evidence: null,
    isPaidElsewhere: false,
    hasPaymentPage: false,
  };
}

describe("standingOf", () => {
  it("says who pays, where that isn't Keyhold", () => {
    const known = {
      ...order("awaiting_payment", [entry("create_accepted")]),
      isPaidElsewhere: true,
    };
    expect(standingOf({ ...known, hasPaymentPage: true })).toBe("awaitingPaymentElsewhere");
    expect(standingOf(known)).toBe("awaitingPaymentSomewhere");
  });

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

  it("says what an unsent order waits for", () => {
    const waitsFor = {
      supplierId: "",
      twin: null,
      supplierOrders: [],
      since: at,
      picture: "",
      mayDecide: true,
    };
    expect(standingOf({ ...order("submitting"), waitsFor })).toBe("waitsSupplierOrder");
    const twin = { orderId: "twin", status: "unconfirmed" };
    expect(standingOf({ ...order("submitting"), waitsFor: { ...waitsFor, twin } })).toBe(
      "waitsTwin",
    );
    expect(standingOf({ ...order("paid"), waitsFor })).toBe("paid");
  });

  it("says when a person has to decide", () => {
    const of = (
      gate: { waitsFor: string } | null,
      sends: unknown[],
      searchedInVain: object | null = null,
    ) =>
      standingOf({ ...order("unconfirmed"), evidence: { gate, sends, searchedInVain } as never });
    expect(of({ waitsFor: "settling" }, [{}])).toBe("unconfirmed");
    expect(of({ waitsFor: "person" }, [{}])).toBe("unconfirmedPerson");
    expect(of(null, [])).toBe("unconfirmedPerson");
    expect(of(null, [{}])).toBe("unconfirmed");
    expect(of(null, [{}], { pages: 50 })).toBe("unconfirmedPerson");
    expect(standingOf(order("unconfirmed"))).toBe("unconfirmed");
  });

  it("tells giving up from a refusal", () => {
    const rejection = { class: "given_up", code: null, detail: "the customer has left" };
    expect(standingOf({ ...order("rejected"), rejection })).toBe("givenUp");
    expect(standingOf(order("rejected"))).toBe("rejected");
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
