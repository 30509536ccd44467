import type { AlertAction, AlertKind } from "#lib/alerts/alert-policy.ts";
import type { AlertRow } from "#lib/alerts/types.ts";

/** Actions that lead to a page, where what is to be done is done. */
export type LinkAction = Exclude<
  Extract<AlertAction, `open_${string}` | "import_codes">,
  "open_person"
>;

export const isLink = (action: AlertAction): action is LinkAction =>
  (action.startsWith("open_") && action !== "open_person") || action === "import_codes";

type About = Pick<AlertRow, "kind" | "subject" | "data">;

/**
 * The page that a button of a runbook leads to.
 * @param orderId the order that it is about, or the chosen one of a group
 * @returns null where there is nothing to lead to
 */
export function hrefOf(action: LinkAction, about: About, orderId: string | null): string | null {
  const { kind, subject } = about;
  switch (action) {
    case "open_order":
      return orderId && `/orders/${orderId}`;
    case "open_codes":
      return orderId && `/codes?${new URLSearchParams({ search: orderId })}`;
    case "open_deliveries":
      return `/deliveries?${deliveriesOf(kind, subject, orderId)}`;
    case "open_supplier_orders":
      return supplierOrdersOf(about);
    case "open_endpoint":
      return `/settings/endpoints/${encodeURIComponent(subject)}`;
    case "open_supplier":
      return "/suppliers";
    case "open_inbox":
      return inboxOf(about);
    case "open_balance":
      return "/balance";
    case "open_api_keys":
      return "/settings/api-keys";
    case "open_stock":
      return `/codes?${new URLSearchParams({
        product: subject,
        ...(kind === "codes_expiring" && { expiring: "1" }),
      })}`;
    case "import_codes":
      return `/codes/import?${new URLSearchParams({ product: subject })}`;
  }
}

/** What came to nothing of an order, or of an endpoint. */
function deliveriesOf(kind: AlertKind, subject: string, orderId: string | null): URLSearchParams {
  if (orderId) return new URLSearchParams({ state: "failed", order: orderId });
  const state = kind === "endpoint_disabled" ? "failed,not_apply" : "pending,failed";
  return new URLSearchParams({ state, endpoint: subject });
}

/** Of the account that it is about; one that was opened before that was noted leads to all of them. */
function inboxOf({ data }: About): string {
  const query = new URLSearchParams({ attention: "1" });
  if (typeof data.slug === "string") query.set("supplier", data.slug);
  return `/suppliers/inbox?${query}`;
}

function supplierOrdersOf({ kind, data }: About): string {
  if (kind === "extra_supplier_order" && data.supplierOrderId) {
    const search = String(data.supplierOrderId);
    return `/supplier-orders?${new URLSearchParams({ show: "all", search })}`;
  }
  return kind === "orphans_many" ? "/supplier-orders?show=orphan" : "/supplier-orders";
}
