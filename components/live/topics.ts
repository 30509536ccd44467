import type { QueryKey } from "@tanstack/react-query";

/**
 * Which reads a change touches. Keys begin with one of: `order` + id, `orders`, `overview`, `codes`,
 * `stock`, `code` + id, `complaints`, `supplier_orders`, `suppliers`, `balance`, `products`, `deliveries`,
 * `delivery` + id, `delivery_jobs`, `endpoints`, `endpoint` + id, `alerts`, `alert` + id, `alert_counts`,
 * `escalation`, `supplier_accounts`, `supplier_account` + slug, `inbox`, `inbox_message` + id, `audit`, `shell`.
 */
export function keysTouchedBy(topic: string): QueryKey[] {
  if (topic.startsWith("order:")) {
    return [
      ["order", topic.slice("order:".length)],
      ["orders"],
      ["overview"],
      ["codes"],
      ["supplier_orders"],
      ["shell"],
    ];
  }
  // Whose a supplier order is, or a system signal; an order that waits for either is told as itself.
  if (topic === "supplier_orders") return [["supplier_orders"], ["overview"], ["shell"]];
  // A code came or moved; one that came with an order is told as that order too.
  if (topic === "codes") return [["codes"], ["stock"], ["code"], ["complaints"], ["overview"]];
  if (topic === "deliveries")
    return [["deliveries"], ["delivery"], ["delivery_jobs"], ["endpoints"], ["endpoint"]];
  if (topic === "endpoints") return [["endpoints"], ["endpoint"], ["deliveries"], ["shell"]];
  if (topic === "alerts")
    return [["alerts"], ["alert"], ["alert_counts"], ["escalation"], ["overview"], ["shell"]];
  if (topic === "balance") return [["balance"], ["shell"]];
  if (topic === "catalog") return [["products"], ["catalog"]];
  if (topic === "suppliers")
    return [["suppliers"], ["supplier_accounts"], ["supplier_account"], ["shell"]];
  if (topic === "inbox") return [["inbox"], ["inbox_message"], ["supplier_accounts"]];
  // The connection was made anew, or an engine came or went: anything may have changed meanwhile.
  if (topic === "engine") return [[]];
  return [];
}
