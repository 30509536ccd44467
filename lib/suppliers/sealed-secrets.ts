import type { SealedTable } from "#lib/platform/sealed-table.ts";

/** What accounts are reached and trusted by. */
export const SEALED_SUPPLIER_SECRETS: SealedTable = {
  table: "supplier_secrets",
  key: "id",
  column: "sealed",
  boundTo: (id) => `supplier_secrets|sealed|${id}`,
};
