import type { Core } from "#lib/platform/core.ts";
import type { SupplierAccounts } from "#lib/suppliers/account.ts";
import { explainAccount } from "./explain-account.ts";

/**
 * Finds for each change of a balance what made it up, and tells of what nothing explains. Any number of
 * processes may do so at once. An account that can't be explained is logged, and keeps no other from it.
 */
export async function explainBalances(core: Core & { suppliers: SupplierAccounts }): Promise<void> {
  for (const account of core.suppliers.all()) {
    try {
      await explainAccount(core, account, "unless_taken");
    } catch (error) {
      core.log.error(
        { err: error, supplier: account.slug },
        "changes of a balance can't be explained",
      );
    }
  }
}
