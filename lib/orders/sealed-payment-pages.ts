import type { SealedTable } from "#lib/platform/sealed-table.ts";

/** The addresses of pages at which orders are paid. */
export const SEALED_PAYMENT_PAGES: SealedTable = {
  table: "payment_pages",
  key: "order_id",
  column: "sealed",
  boundTo: (orderId) => `payment_pages|sealed|${orderId}`,
};
