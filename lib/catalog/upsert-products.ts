import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import type { SupplierProduct } from "#lib/suppliers/port.ts";
import { storable } from "./storable-product.ts";

/**
 * Writes what a supplier says of its products. Seen products are never gone.
 * @param walkId the walk that saw them; null when a single product was asked for
 */
export async function upsertProducts(
  tx: Tx,
  core: Pick<Core, "now" | "newId">,
  supplierId: string,
  seen: SupplierProduct[],
  walkId: string | null,
): Promise<void> {
  const products = seen.map(storable).filter((product) => product !== null);
  if (products.length === 0) return;
  const seenAt = core.now();
  const categories = await tx.category.findMany({
    where: {
      supplierId,
      externalId: { in: products.flatMap(({ categoryId }) => categoryId ?? []) },
    },
    select: { externalId: true, name: true },
  });
  const nameOf = new Map(categories.map(({ externalId, name }) => [externalId, name]));
  for (const product of products) {
    const category = {
      categoryExternalId: product.categoryId,
      categoryName: nameOf.get(product.categoryId ?? "") ?? "",
    };
    const facts = {
      // What is known of its category outlasts an answer that doesn't name one.
      ...(product.categoryId === null ? {} : category),
      name: product.name,
      description: product.description,
      region: product.region,
      faceValue: product.faceValue,
      faceCurrency: product.faceCurrency,
      price: product.price,
      currency: product.currency,
      stock: product.stock,
      minQuantity: product.minQuantity,
      maxQuantity: product.maxQuantity,
      noteFields: product.noteFields,
      isService: product.isService,
      userGuide: product.userGuide,
      seenAt,
      goneAt: null,
      ...(walkId ? { seenInWalk: walkId } : {}),
    };
    await tx.product.upsert({
      where: { supplierId_externalId: { supplierId, externalId: product.id } },
      create: { id: core.newId(), supplierId, externalId: product.id, ...facts },
      update: facts,
    });
  }
}
