import type { SupplierOrderRow } from "#lib/reconcile/types.ts";

/** What a person is about to say of a supplier order in the list. */
export type RowQuestion = { kind: "adopt" | "foreign"; row: SupplierOrderRow };

/** Names a row within the list. */
export const idOf = ({ supplierId, supplierOrderId }: SupplierOrderRow): string =>
  `${supplierId} ${supplierOrderId}`;
