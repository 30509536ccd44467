import { buildRuntime, type Runtime } from "#lib/engine/runtime.ts";
import { parseEnv } from "#lib/platform/env.ts";
import type { SupplierAccount } from "#lib/suppliers/account.ts";
import { environmentOf } from "./environment.ts";

export type Keyhold = Runtime & { account: SupplierAccount };

/** Keyhold in this process, built as every process of it is. */
export async function openKeyhold(databaseUrl: string, supplierUrl: string): Promise<Keyhold> {
  const runtime = await buildRuntime(parseEnv(environmentOf(databaseUrl, supplierUrl)));
  const [account] = runtime.suppliers.all();
  if (!account) throw new Error("The supplier is not connected.");
  return { ...runtime, account };
}
