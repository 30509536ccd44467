import type { SupplierAccounts } from "#lib/suppliers/account.ts";
import type { SupplierTraits } from "#lib/suppliers/port.ts";

/** What placing goes by of an account's traits. */
export type Ways = Pick<
  SupplierTraits,
  "payStep" | "duplicateGuard" | "findsByReference" | "readsOrders" | "listsOrders"
>;

/** Of an account that isn't connected: no guard is relied on, and a doubt is frozen until it is back. */
const NOT_CONNECTED: Ways = {
  payStep: "separate",
  duplicateGuard: "none",
  findsByReference: false,
  readsOrders: true,
  listsOrders: true,
};

export const waysOf = (suppliers: Pick<SupplierAccounts, "byId">, supplierId: string): Ways =>
  suppliers.byId(supplierId)?.supplier.traits ?? NOT_CONNECTED;

/** Which of a basket's supplier orders exist can be told by counting a list alone: meanwhile it is frozen. */
export const needsCounting = ({ listsOrders, findsByReference }: Ways): boolean =>
  listsOrders && !findsByReference;
