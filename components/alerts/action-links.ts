import type { AlertAction } from "#lib/alerts/alert-policy.ts";
import type { AlertRow } from "#lib/alerts/types.ts";

/** Actions that lead to a page, where what is to be done is done. */
export type LinkAction = Exclude<
  Extract<AlertAction, `open_${string}` | "import_codes">,
  "open_person"
>;

export const isLink = (action: AlertAction): action is LinkAction =>
  (action.startsWith("open_") && action !== "open_person") || action === "import_codes";

type About = Pick<AlertRow, "id" | "kind" | "subject" | "data" | "isGroup">;

/** What was told of none of a group's orders is read, and sent again, for all of them at once. */
export const isForWholeGroup = ({ kind, isGroup }: Pick<About, "kind" | "isGroup">): boolean =>
  kind === "delivery_failed" && isGroup;

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
      return `/deliveries?${deliveriesOf(about, orderId)}`;
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

/** What came to nothing of an order, of many, or of an endpoint. */
function deliveriesOf(about: About, orderId: string | null): URLSearchParams {
  const { kind, subject } = about;
  if (isForWholeGroup(about)) return new URLSearchParams({ state: "failed", alert: about.id });
  if (orderId) return new URLSearchParams({ state: "failed", order: orderId });
  const state = STATES[kind] ?? "pending,failed";
  return new URLSearchParams({ state, endpoint: subject });
}

/** Of the account that it is about; one that was opened before that was noted leads to all of them. */
function inboxOf({ data }: About): string {
  const query = new URLSearchParams({ attention: "1" });
  if (typeof data.slug === "string") query.set("supplier", data.slug);
  return `/suppliers/inbox?${query}`;
}

const STATES: Partial<Record<AlertRow["kind"], string>> = {
  endpoint_disabled: "failed,not_apply",
  notices_failed: "failed",
};

function supplierOrdersOf({ kind, data }: About): string {
  if (kind === "extra_supplier_order" && data.supplierOrderId) {
    const search = String(data.supplierOrderId);
    return `/supplier-orders?${new URLSearchParams({ show: "all", search })}`;
  }
  return kind === "orphans_many" ? "/supplier-orders?show=orphan" : "/supplier-orders";
}
