import type { Core } from "#lib/platform/core.ts";
import type { Env } from "#lib/platform/env.ts";
import { createAccounts, type SupplierAccount, type SupplierAccounts } from "./account.ts";
import { connectForProbe } from "./foxreload/probe-extras.ts";
import type { ProbeExtras } from "./probe-types.ts";

/** An account connected for a probe, to be used alone and closed at its end. */
export type ProbeConnection = {
  account: SupplierAccount;
  accounts: SupplierAccounts;
  extras: ProbeExtras | null;
};

/** Connects an account once more, with what only a probe asks. Its adapter follows from the configuration. */
export function connectProbe(
  core: Pick<Core, "now">,
  env: Env,
  account: SupplierAccount,
): ProbeConnection {
  const { supplier, extras } = connectForProbe({
    baseUrl: env.FOXRELOAD_BASE_URL,
    apiKey: env.FOXRELOAD_API_KEY ?? "",
    currency: account.currency,
    now: core.now,
  });
  const probed = { ...account, supplier };
  return { account: probed, accounts: createAccounts([probed]), extras };
}
