import type { TimelineView } from "#lib/orders/types.ts";
import type { Evidence, OrderPageView } from "#lib/reconcile/types.ts";

/** Where an order stands, in more words than its state; each has its sentences in `orders.standing.*`. */
export type Standing =
  | "submitting"
  /** An order for the same goods is in doubt. */
  | "waitsTwin"
  /** Supplier orders with the same goods are nobody's. */
  | "waitsSupplierOrder"
  | "deferred"
  | "unconfirmed"
  /** The same, and nothing goes on by itself any more. */
  | "unconfirmedPerson"
  | "rejected"
  | "givenUp"
  | "awaitingPayment"
  /** At a page of the supplier's, by whoever ordered. */
  | "awaitingPaymentElsewhere"
  /** The same, at a page that nobody told us of. */
  | "awaitingPaymentSomewhere"
  | "payRefused"
  | "payUnknown"
  | "paid"
  | "processing"
  | "completed"
  | "completedService"
  | "partialShort"
  | "partialError"
  | "cancelledUnpaid"
  | "cancelledPaid"
  | "failed"
  | "refunded";

type Known = Pick<
  OrderPageView,
  | "status"
  | "codesStored"
  | "codesExpected"
  | "items"
  | "timeline"
  | "rejection"
  | "waitsFor"
  | "evidence"
  | "isPaidElsewhere"
  | "hasPaymentPage"
>;

export function standingOf(order: Known): Standing {
  switch (order.status) {
    case "submitting":
      if (order.waitsFor) return order.waitsFor.twin ? "waitsTwin" : "waitsSupplierOrder";
      return lastOf(order.timeline, "create_")?.kind === "create_deferred"
        ? "deferred"
        : "submitting";
    case "awaiting_payment": {
      if (order.isPaidElsewhere)
        return order.hasPaymentPage ? "awaitingPaymentElsewhere" : "awaitingPaymentSomewhere";
      const last = lastOf(order.timeline, "pay_");
      if (last?.kind === "pay_refused") return "payRefused";
      return last?.kind === "pay_unknown" ? "payUnknown" : "awaitingPayment";
    }
    case "completed":
      return order.codesExpected === 0 ? "completedService" : "completed";
    case "partial":
      return order.items.some(({ error }) => error !== null) ? "partialError" : "partialShort";
    case "cancelled":
      return wasPaid(order.timeline) ? "cancelledPaid" : "cancelledUnpaid";
    case "rejected":
      return order.rejection?.class === "given_up" ? "givenUp" : "rejected";
    case "unconfirmed":
      return order.evidence && isForPerson(order.evidence) ? "unconfirmedPerson" : "unconfirmed";
    case "paid":
    case "processing":
    case "failed":
    case "refunded":
      return order.status;
  }
}

/** Whether a person has to decide: the listings leave it open, or nothing is left to list for. */
export const isForPerson = ({
  gate,
  sends,
  searchedInVain,
}: Pick<Evidence, "gate" | "sends" | "searchedInVain">): boolean =>
  searchedInVain !== null || (gate ? gate.waitsFor === "person" : sends.length === 0);

/** The supplier took money, or may have: a payment without a clear answer counts. */
export function wasPaid(timeline: readonly TimelineView[]): boolean {
  return timeline.some(
    ({ kind, data }) =>
      kind === "pay_accepted" ||
      kind === "pay_unknown" ||
      (kind === "status_changed" && (data.to === "paid" || data.to === "processing")),
  );
}

/** The latest entry of a family of kinds, requests that only go out left aside. */
export function lastOf(
  timeline: readonly TimelineView[],
  family: "create_" | "pay_",
): TimelineView | undefined {
  return timeline.findLast(({ kind }) => kind.startsWith(family) && !kind.endsWith("_sent"));
}
