import type { SealedTable } from "#lib/platform/sealed-table.ts";

/** The addresses of announced claim links. */
export const SEALED_LINKS: SealedTable = {
  table: "announced_links",
  key: "order_id",
  column: "sealed",
  boundTo: (orderId) => `announced_links|sealed|${orderId}`,
};
