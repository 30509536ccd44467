import { type Actor, requirePermission } from "#lib/access/actor.ts";
import type { Core } from "#lib/platform/core.ts";
import { literally } from "#lib/platform/search-text.ts";
import type { NoteField } from "#lib/suppliers/port.ts";
import type { Prisma } from "#prisma/generated/client.ts";

/** A product as shops are told of it. Amounts are decimal text. */
export type SoldProduct = {
  id: string;
  itemId: string;
  supplier: string;
  name: string;
  category: string;
  region: string | null;
  faceValue: string | null;
  faceCurrency: string | null;
  price: string;
  currency: string;
  stock: number | null;
  minQuantity: number;
  maxQuantity: number | null;
  noteFields: NoteField[];
  isService: boolean;
  seenAt: string;
};

export type SoldFilter = {
  search?: string | undefined;
  region?: string | undefined;
  supplier?: string | undefined;
  itemId?: string | undefined;
  inStock?: boolean | undefined;
  after?: string | undefined;
  limit: number;
};

/** Products that can be ordered, page by page in the order of their ids. Throws `forbidden`. */
export async function pageProducts(
  core: Pick<Core, "db">,
  actor: Actor,
  filter: SoldFilter,
): Promise<{ products: SoldProduct[]; next: string | null }> {
  requirePermission(actor, "catalog.read");
  const { search, region, supplier, itemId, inStock, after, limit } = filter;
  const where: Prisma.ProductWhereInput = {
    goneAt: null,
    ...(after ? { id: { gt: after } } : {}),
    ...(itemId === undefined ? {} : { externalId: itemId }),
    ...(region === undefined ? {} : { region }),
    ...(supplier === undefined ? {} : { supplier: { slug: supplier } }),
    ...(search === undefined
      ? {}
      : { name: { contains: literally(search), mode: "insensitive" as const } }),
    ...(inStock ? { OR: [{ stock: null }, { stock: { gt: 0 } }] } : {}),
  };
  const rows = await core.db.product.findMany({
    where,
    orderBy: { id: "asc" },
    take: limit + 1,
    include: { supplier: { select: { slug: true } } },
  });
  const products = rows.slice(0, limit).map(
    (row): SoldProduct => ({
      id: row.id,
      itemId: row.externalId,
      supplier: row.supplier.slug,
      name: row.name,
      category: row.categoryName,
      region: row.region,
      faceValue: row.faceValue?.toFixed() ?? null,
      faceCurrency: row.faceCurrency,
      price: row.price.toFixed(),
      currency: row.currency,
      stock: row.stock,
      minQuantity: row.minQuantity,
      maxQuantity: row.maxQuantity,
      noteFields: row.noteFields as NoteField[],
      isService: row.isService,
      seenAt: row.seenAt.toISOString(),
    }),
  );
  return { products, next: rows.length > limit ? (products.at(-1)?.id ?? null) : null };
}
