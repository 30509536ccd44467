import { hrefOf, isForWholeGroup, isLink } from "#components/alerts/action-links.ts";
import type { AlertAction } from "#lib/alerts/alert-policy.ts";
import type { AlertRow } from "#lib/alerts/types.ts";
import type { OrderPageView } from "#lib/reconcile/types.ts";

/** Why a button of a runbook can't be pressed now; each has its sentence in `alerts.action.hindrance.*`. */
export type Hindrance =
  /** Whoever asks may not do so. */
  | "right"
  /** It is about no order, or that isn't read yet. */
  | "noOrder"
  /** Nothing is left to look for. */
  | "final"
  | "notUnpaid"
  | "noDoubt"
  | "noCodes"
  /** Somebody has said so already, or it ended by itself. */
  | "resolved";

type About = Pick<AlertRow, "id" | "kind" | "subject" | "data" | "state" | "isGroup"> & {
  actions: readonly AlertAction[];
};

/** Null where it can be pressed; the server asks again. */
export function hindranceOf(
  action: AlertAction,
  about: About,
  order: OrderPageView | null,
  mayDecide: boolean,
): Hindrance | null {
  if (!about.actions.includes(action)) return "right";
  if (isLink(action)) return hrefOf(action, about, order?.id ?? null) === null ? "noOrder" : null;
  switch (action) {
    case "enable_endpoint":
    case "open_person":
    case "record_top_up":
      return null;
    case "mark_handled":
      if (about.state === "resolved") return "resolved";
      return mayDecide ? null : "right";
    case "look_now":
    case "pay":
    case "adopt":
    case "call_off":
    case "replace":
    case "resend_notices":
    case "dossier":
      if (action === "resend_notices" && isForWholeGroup(about)) return null;
      return order ? hindranceOfOrder(action, order) : "noOrder";
  }
}

function hindranceOfOrder(
  action: Extract<
    AlertAction,
    "look_now" | "pay" | "adopt" | "call_off" | "replace" | "resend_notices" | "dossier"
  >,
  order: OrderPageView,
): Hindrance | null {
  switch (action) {
    case "look_now":
      return order.may.look ? null : "final";
    case "pay":
      return order.status === "awaiting_payment" && order.may.look ? null : "notUnpaid";
    case "adopt":
    case "call_off":
      return order.evidence || order.waitsFor ? null : "noDoubt";
    case "replace":
      return order.items.some(({ codes }) => codes.length > 0) ? null : "noCodes";
    case "resend_notices":
    case "dossier":
      return null;
  }
}
