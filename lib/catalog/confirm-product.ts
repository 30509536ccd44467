import { type Actor, requirePermission } from "#lib/access/actor.ts";
import type { Core } from "#lib/platform/core.ts";
import type { SupplierAccounts } from "#lib/suppliers/account.ts";
import { readProduct } from "./read.ts";
import { CONFIRM_AFTER_MS } from "./sync-schedule.ts";
import type { ProductView } from "./types.ts";
import { upsertProducts } from "./upsert-products.ts";

/** Somebody waits for the answer, and sees an older one otherwise. */
const PRODUCT = { kind: "read", slice: "purchase", what: "product", patienceMs: 2_000 } as const;

/**
 * A product with its price and stock as the supplier says now, for somebody about to buy it. When
 * the supplier doesn't answer, what was known before, with its age. Null when there is no such product.
 * @param olderThanMs an answer younger than this is taken for the present one
 */
export async function confirmProduct(
  core: Core & { suppliers: SupplierAccounts },
  actor: Actor,
  productId: string,
  olderThanMs: number = CONFIRM_AFTER_MS,
): Promise<ProductView | null> {
  requirePermission(actor, "catalog.read");
  const product = await core.db.product.findUnique({ where: { id: productId } });
  if (!product) return null;
  const account = core.suppliers.byId(product.supplierId);
  const ageMs = core.now().getTime() - product.seenAt.getTime();
  if (account && ageMs > olderThanMs && (await core.suppliers.silentForMs(core, account)) === 0) {
    const outcome = await core.suppliers.call(core, account, PRODUCT, (supplier) =>
      supplier.getProduct(product.externalId),
    );
    if (outcome.kind === "accepted") {
      await core.db.$transaction((tx) =>
        upsertProducts(tx, core, account.id, [outcome.value], null),
      );
    } else if (outcome.kind === "refused" && outcome.refusal.class === "not_found") {
      await core.db.product.update({ where: { id: productId }, data: { goneAt: core.now() } });
    }
  }
  return readProduct(core, actor, productId);
}
