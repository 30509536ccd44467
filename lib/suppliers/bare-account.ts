import type { SupplierAccount } from "./account.ts";

/** An account that tells nothing by itself, where it isn't said otherwise: for tests and simulations. */
export const bareAccount = (
  account: Pick<SupplierAccount, "id" | "slug" | "name" | "supplier"> & Partial<SupplierAccount>,
): SupplierAccount => ({
  kind: "foxreload",
  currency: "USD",
  inbound: null,
  openSocket: null,
  ...account,
});
