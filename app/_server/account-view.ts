import type { AccountView } from "#components/supplier-settings/account-view.ts";
import type { Runtime } from "#lib/engine/runtime.ts";
import { readSupplier } from "#lib/placement/read-supplier.ts";
import { readSupplierDetail } from "#lib/suppliers/read-supplier-detail.ts";
import type { UserActor } from "./current-actor.ts";

/** What an account's page shows; null when there is no such account. Throws `forbidden`. */
export async function accountView(
  ctx: Runtime,
  actor: UserActor,
  slug: string,
): Promise<AccountView | null> {
  const supplier = await readSupplierDetail(ctx, actor, slug);
  if (!supplier) return null;
  const { inbound } = supplier;
  return {
    ...supplier,
    treatment: await readSupplier(ctx, supplier.slug),
    webhookUrl: inbound && new URL(inbound.path, ctx.consoleUrl).href,
  };
}
