import type { SupplierTraits } from "../port.ts";
import type { SignedWebhookConfig } from "./config.ts";

/** What an account's API is like, as it was configured: an operation is offered where it has a path. */
export function traitsOf(config: SignedWebhookConfig): SupplierTraits {
  const { paths, create, signature, tells } = config;
  return {
    payStep: "none",
    duplicateGuard: config.guardsReference ? "reference" : "none",
    findsByReference: paths.find !== null,
    readsOrders: paths.order !== null,
    listsOrders: false,
    codes: "inline",
    partial: true,
    testMode: create.isMock === null ? "none" : "flag",
    balance: paths.balance === null ? "none" : "currencies",
    priceGuard: create.total !== null,
    catalog: true,
    inputFields: create.note !== null,
    cancels: false,
    push: pushOf(signature, tells),
    socket: false,
  };
}

function pushOf(
  signature: SignedWebhookConfig["signature"],
  tells: SignedWebhookConfig["tells"],
): SupplierTraits["push"] {
  if (signature === null) return "none";
  return tells === "all" ? "full" : "thin";
}
