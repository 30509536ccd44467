import type { OrderStatus } from "#lib/orders/lifecycle.ts";
import type { SignalKey } from "#lib/orders/signals.ts";

/** How far a placed order has come, as far as whoever placed it waits for it. */
export type Verdict =
  | "sending"
  /** The supplier has it and is being paid. */
  | "paying"
  | "taken"
  /** Nothing exists at the supplier; the form may be sent again as a new intent. */
  | "refused"
  /** It exists unpaid and is still being tried: sending the form again could buy twice. */
  | "payment_refused"
  /** It may or may not exist: never offer to send it again. */
  | "unclear";

export function verdictOf(order: {
  status: OrderStatus;
  signals: SignalKey[];
  isPaidElsewhere: boolean;
}): Verdict {
  switch (order.status) {
    case "submitting":
      return "sending";
    case "awaiting_payment":
      // Nobody here pays it; where that is done stands on the order's page.
      if (order.isPaidElsewhere) return "taken";
      return order.signals.includes("pay_refused") ? "payment_refused" : "paying";
    case "rejected":
      return "refused";
    case "unconfirmed":
      return "unclear";
    case "paid":
    case "processing":
    case "completed":
    case "partial":
    case "cancelled":
    case "failed":
    case "refunded":
      return "taken";
  }
}
