import { z } from "zod";
import type { Product } from "../catalogue/types.ts";
import { flag, pageSize, parseQuery } from "../http/parse.ts";
import { invalid, notFound } from "../http/refusals.ts";
import { ok, type Reply } from "../http/reply.ts";
import type { Call, Route } from "../http/router.ts";
import type { World } from "../world.ts";
import { badCursor } from "./categories.ts";
import { pageAfter } from "./cursor.ts";
import { productView } from "./product-view.ts";

const listQuery = z.object({
  category_id_or_slug: z.string().min(1),
  limit: pageSize,
  offset: z.coerce.number().int().min(0).default(0),
  cursor: z.string().optional(),
  withStockOnly: flag,
  includeDescendants: flag,
});

const searchQuery = z.object({
  query: z.string().min(1).max(200),
  category_id_or_slug: z.string().optional(),
  withStockOnly: flag,
  limit: pageSize,
});

function listProducts(call: Call, world: World): Reply {
  const query = parseQuery(call.query, listQuery);
  if ("refusal" in query) return query.refusal;
  const { category_id_or_slug: key, limit, offset, cursor, withStockOnly } = query.value;
  const category = world.catalogue.category(key);
  if (category === undefined) return notFound("Category");
  const view = (product: Product) => productView(product, call.currency, world, "list");
  const inStock = (product: Product) => !withStockOnly || world.stockOf(product) !== 0;

  if (query.value.includeDescendants) {
    const ids = world.catalogue.subtree(category.id);
    const page = pageAfter(
      world.catalogue.products,
      cursor,
      limit,
      (product) => ids.has(product.categoryId) && inStock(product),
    );
    if (page === null) return invalid([badCursor]);
    return ok({ items: page.items.map(view), limit, nextCursor: page.nextCursor });
  }
  const all = world.catalogue.products.filter(
    (product) => product.categoryId === category.id && inStock(product),
  );
  const items = all.slice(offset, offset + limit).map(view);
  return ok({ items, limit, offset, total: all.length });
}

/** Every word must occur in the name, slug or attributes. Answers a bare array, as the supplier does. */
function searchProducts(call: Call, world: World): Reply {
  const query = parseQuery(call.query, searchQuery);
  if ("refusal" in query) return query.refusal;
  const { category_id_or_slug: key, withStockOnly, limit } = query.value;
  const category = key === undefined ? null : world.catalogue.category(key);
  if (category === undefined) return notFound("Category");
  const ids = category === null ? null : world.catalogue.subtree(category.id);
  const words = query.value.query.toLowerCase().split(/\s+/).filter(Boolean);
  const hits = world.catalogue.products.filter((product) => {
    const text = [product.name, product.slug, ...Object.values(product.attributes)]
      .join(" ")
      .toLowerCase();
    return (
      (ids === null || ids.has(product.categoryId)) &&
      (!withStockOnly || world.stockOf(product) !== 0) &&
      words.every((word) => text.includes(word))
    );
  });
  return ok(
    hits.slice(0, limit).map((product) => productView(product, call.currency, world, "list")),
  );
}

function getProduct(call: Call, world: World): Reply {
  const id = call.params.product ?? "";
  const product = world.catalogue.product(id);
  // The catalogue also finds slugs; this endpoint takes ids only.
  if (product === undefined || product.id !== id) return notFound("Product");
  return ok(productView(product, call.currency, world, "detail"));
}

export const productRoutes: readonly Route[] = [
  { method: "GET", path: "/api/products/", endpoint: "products", handle: listProducts },
  { method: "GET", path: "/api/products/search", endpoint: "products", handle: searchProducts },
  { method: "GET", path: "/api/products/{product}", endpoint: "products", handle: getProduct },
];
