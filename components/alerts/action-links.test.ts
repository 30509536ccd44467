import { describe, expect, it } from "vitest";
import { ALERT_KINDS, type AlertKind } from "#lib/alerts/alert-policy.ts";
import type { OrderPageView } from "#lib/reconcile/types.ts";
import { hindranceOf } from "./action-hindrance.ts";
import { hrefOf, isLink } from "./action-links.ts";

const ORDER = "019abcde-0000-7000-8000-000000000001";
const ALERT = "019abcde-0000-7000-8000-00000000000a";
const kinds = Object.entries(ALERT_KINDS) as [AlertKind, (typeof ALERT_KINDS)[AlertKind]][];

const about = (kind: AlertKind): Parameters<typeof hindranceOf>[1] => ({
  ...{ id: ALERT, kind, subject: ORDER, data: {}, state: "open", isGroup: false },
  actions: ALERT_KINDS[kind].actions,
});

const order = (more: Partial<OrderPageView>): OrderPageView =>
  ({
    ...{ id: ORDER, status: "processing", items: [], evidence: null, waitsFor: null },
    ...{
      may: { look: true, openPaymentPage: false, reveal: true, handOut: true, placeAgain: false },
    },
    ...more,
  }) as unknown as OrderPageView;

describe("where the buttons of a runbook lead", () => {
  it.each(kinds)("every link of %s leads to a page", (kind, { about: what, actions }) => {
    const orderId = what === "order" ? ORDER : null;
    for (const action of actions.filter(isLink)) {
      expect(hrefOf(action, about(kind), orderId)).toMatch(/^\/[a-z-]+/);
    }
  });

  it("narrows lists to what it is about", () => {
    expect(hrefOf("open_deliveries", about("delivery_failed"), ORDER)).toBe(
      `/deliveries?state=failed&order=${ORDER}`,
    );
    expect(hrefOf("open_deliveries", about("endpoint_disabled"), null)).toContain(
      `endpoint=${ORDER}`,
    );
    const group = { ...about("delivery_failed"), isGroup: true };
    expect(hrefOf("open_deliveries", group, ORDER)).toBe(`/deliveries?state=failed&alert=${ALERT}`);
    expect(hrefOf("open_stock", about("codes_expiring"), null)).toContain("expiring=1");
    expect(hrefOf("open_order", about("stalled"), null)).toBeNull();
    const inbox = { ...about("inbox_unreadable"), data: { slug: "game-keys", count: 2 } };
    expect(hrefOf("open_inbox", inbox, null)).toBe(
      "/suppliers/inbox?attention=1&supplier=game-keys",
    );
    expect(hrefOf("open_inbox", about("inbox_unmatched"), null)).toBe(
      "/suppliers/inbox?attention=1",
    );
    const extra = { ...about("extra_supplier_order"), data: { supplierOrderId: "S/1" } };
    expect(hrefOf("open_supplier_orders", extra, ORDER)).toBe(
      "/supplier-orders?show=all&search=S%2F1",
    );
  });
});

describe("why a button can't be pressed", () => {
  const hindrance = (
    action: (typeof ALERT_KINDS)[AlertKind]["actions"][number],
    kind: AlertKind,
    of: OrderPageView | null,
  ) => hindranceOf(action, { ...about(kind), actions: [action] }, of, true);

  it("names the right, the missing order, and what the order says", () => {
    expect(hindranceOf("look_now", { ...about("stalled"), actions: [] }, order({}), true)).toBe(
      "right",
    );
    expect(hindrance("look_now", "stalled", null)).toBe("noOrder");
    expect(hindrance("look_now", "stalled", order({}))).toBeNull();
    const ended = order({
      may: { look: false, openPaymentPage: false, reveal: true, handOut: true, placeAgain: true },
    });
    expect(hindrance("look_now", "stalled", ended)).toBe("final");
    expect(hindrance("pay", "pay_refused", order({}))).toBe("notUnpaid");
    expect(hindrance("pay", "pay_refused", order({ status: "awaiting_payment" }))).toBeNull();
    expect(hindrance("adopt", "unconfirmed", order({}))).toBe("noDoubt");
    expect(hindrance("replace", "code_repeated", order({}))).toBe("noCodes");
  });

  it("lets nobody resolve what is resolved", () => {
    const resolved = { ...about("stalled"), state: "resolved" } as const;
    expect(hindranceOf("mark_handled", resolved, null, true)).toBe("resolved");
    expect(hindranceOf("mark_handled", about("stalled"), null, false)).toBe("right");
    expect(hindranceOf("mark_handled", about("stalled"), null, true)).toBeNull();
  });
});
