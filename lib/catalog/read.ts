import { type Actor, requirePermission } from "#lib/access/actor.ts";
import type { Core } from "#lib/platform/core.ts";
import { literally } from "#lib/platform/search-text.ts";
import type { NoteField } from "#lib/suppliers/port.ts";
import type { Prisma, Product } from "#prisma/generated/client.ts";
import type { ProductFilter } from "./product-filter.ts";
import type { CatalogStatus, CategoryView, ProductView } from "./types.ts";

const SEARCH_LIMIT = 30;
const MOST_WORDS = 8;

/** Products that can be ordered: every word has to occur in name, category or region; those in stock first. */
export async function searchProducts(
  core: Core,
  actor: Actor,
  filter: ProductFilter,
): Promise<ProductView[]> {
  requirePermission(actor, "catalog.read");
  const words = (filter.search ?? "").split(/\s+/).filter(Boolean).slice(0, MOST_WORDS);
  const where: Prisma.ProductWhereInput = {
    goneAt: null,
    ...(filter.category ? { categoryExternalId: filter.category } : {}),
    ...(filter.region ? { region: filter.region } : {}),
    AND: words.map((word) => ({
      OR: [
        { name: { contains: literally(word), mode: "insensitive" as const } },
        { categoryName: { contains: literally(word), mode: "insensitive" as const } },
        { region: { equals: literally(word), mode: "insensitive" as const } },
        { externalId: word },
      ],
    })),
  };
  const find = (stock: Prisma.ProductWhereInput, take: number) =>
    core.db.product.findMany({
      where: { AND: [where, stock] },
      orderBy: [{ name: "asc" }, { id: "asc" }],
      take,
    });
  const inStock = await find({ OR: [{ stock: null }, { stock: { gt: 0 } }] }, SEARCH_LIMIT);
  const left = SEARCH_LIMIT - inStock.length;
  const soldOut = left > 0 ? await find({ stock: 0 }, left) : [];
  return [...inStock, ...soldOut].map(toView);
}

export async function readProduct(
  core: Core,
  actor: Actor,
  id: string,
): Promise<ProductView | null> {
  requirePermission(actor, "catalog.read");
  const product = await core.db.product.findUnique({ where: { id } });
  return product ? toView(product) : null;
}

/** Looks products up by the supplier's ids, e.g. to fill a form from an earlier order. */
export async function readProductsByExternalId(
  core: Core,
  actor: Actor,
  externalIds: string[],
): Promise<ProductView[]> {
  requirePermission(actor, "catalog.read");
  const products = await core.db.product.findMany({ where: { externalId: { in: externalIds } } });
  return products.map(toView);
}

/** Categories and regions that have products, for the filters. */
export async function readCatalogFilters(
  core: Core,
  actor: Actor,
): Promise<{ categories: CategoryView[]; regions: string[] }> {
  requirePermission(actor, "catalog.read");
  const [categories, regions] = await Promise.all([
    core.db.product.groupBy({
      by: ["categoryExternalId"],
      where: { goneAt: null, categoryExternalId: { not: null } },
      _count: true,
      // One name each, also while a walk is under way that renames a category.
      _max: { categoryName: true },
      orderBy: { _max: { categoryName: "asc" } },
    }),
    core.db.product.groupBy({
      by: ["region"],
      where: { goneAt: null, region: { not: null } },
      orderBy: { region: "asc" },
    }),
  ]);
  return {
    categories: categories.map((row) => ({
      externalId: row.categoryExternalId ?? "",
      name: row._max.categoryName ?? "",
      products: row._count,
    })),
    regions: regions.flatMap(({ region }) => (region ? [region] : [])),
  };
}

export async function readCatalogStatus(core: Core, actor: Actor): Promise<CatalogStatus> {
  requirePermission(actor, "catalog.read");
  const [products, finished, walking] = await Promise.all([
    core.db.product.count({ where: { goneAt: null } }),
    core.db.catalogWalk.findFirst({
      where: { finishedAt: { not: null } },
      orderBy: { startedAt: "desc" },
    }),
    core.db.catalogWalk.findFirst({ where: { finishedAt: null }, orderBy: { startedAt: "desc" } }),
  ]);
  return {
    products,
    lastFinishedAt: finished?.finishedAt?.toISOString() ?? null,
    walking: walking ? { seen: walking.seen, startedAt: walking.startedAt.toISOString() } : null,
  };
}

function toView(product: Product): ProductView {
  return {
    id: product.id,
    externalId: product.externalId,
    name: product.name,
    categoryName: product.categoryName,
    region: product.region,
    faceValue: product.faceValue?.toFixed() ?? null,
    faceCurrency: product.faceCurrency,
    price: product.price.toFixed(),
    currency: product.currency,
    stock: product.stock,
    minQuantity: product.minQuantity,
    maxQuantity: product.maxQuantity,
    noteFields: product.noteFields as NoteField[],
    isService: product.isService,
    description: product.description,
    userGuide: product.userGuide,
    seenAt: product.seenAt.toISOString(),
    gone: product.goneAt !== null,
  };
}
