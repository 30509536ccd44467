import type { Core } from "#lib/platform/core.ts";
import type { Env } from "#lib/platform/env.ts";
import { createAccounts, type SupplierAccount, type SupplierAccounts } from "./account.ts";
import { connectFoxreload } from "./foxreload/connect.ts";

/**
 * Makes sure that each configured supplier has its row, and connects its adapter. Several processes
 * may do so at once. Without an API key there is no supplier, and the console says so.
 */
export async function connectSuppliers(core: Core, env: Env): Promise<SupplierAccounts> {
  if (!env.FOXRELOAD_API_KEY) return createAccounts([]);
  await core.db.supplier.createMany({
    data: [{ id: core.newId(), slug: "foxreload", kind: "foxreload", name: "FoxReload" }],
    skipDuplicates: true,
  });
  const row = await core.db.supplier.findUniqueOrThrow({ where: { slug: "foxreload" } });
  const account: SupplierAccount = {
    id: row.id,
    slug: row.slug,
    name: row.name,
    currency: env.FOXRELOAD_CURRENCY,
    supplier: connectFoxreload({
      baseUrl: env.FOXRELOAD_BASE_URL,
      apiKey: env.FOXRELOAD_API_KEY,
      currency: env.FOXRELOAD_CURRENCY,
      now: core.now,
    }),
  };
  return createAccounts([account]);
}
