import { createAccounts, type SupplierAccounts } from "./account.ts";
import type { OpeningContext } from "./context.ts";
import { ENVIRONMENT_SLUG } from "./open-account.ts";
import { accountsReader } from "./read-accounts.ts";

/**
 * Makes sure that the supplier of the environment has its row, and connects every account that has one.
 * Several processes may do so at once. An account that can't be connected is left out, the others work.
 */
export async function connectSuppliers(ctx: OpeningContext): Promise<SupplierAccounts> {
  if (ctx.env.FOXRELOAD_API_KEY) {
    await ctx.db.supplier.createMany({
      data: [{ id: ctx.newId(), slug: ENVIRONMENT_SLUG, kind: "foxreload", name: "FoxReload" }],
      skipDuplicates: true,
    });
  }
  const read = accountsReader(ctx);
  const { accounts, notConnected } = await read(ctx);
  return createAccounts(accounts, { read, notConnected });
}
