import Big from "big.js";
import { z } from "zod";
import type { Category } from "../catalogue/types.ts";
import { flag, pageSize, parseQuery } from "../http/parse.ts";
import { invalid, notFound } from "../http/refusals.ts";
import { ok, type Reply } from "../http/reply.ts";
import type { Call, Route } from "../http/router.ts";
import { type OrderCurrency, quote } from "../money.ts";
import type { World } from "../world.ts";
import { pageAfter } from "./cursor.ts";

const listQuery = z.object({
  parent_id_or_slug: z.string().optional(),
  tag: z.string().optional(),
  withStockOnly: flag,
  limit: pageSize,
  cursor: z.string().optional(),
});

const treeQuery = z.object({
  parentId: z.string().optional(),
  depth: z.coerce.number().int().min(1).max(10).default(10),
  withStockOnly: flag,
});

function listCategories(call: Call, world: World): Reply {
  const query = parseQuery(call.query, listQuery);
  if ("refusal" in query) return query.refusal;
  const { parent_id_or_slug: parentKey, tag, withStockOnly, limit, cursor } = query.value;
  const parent = parentKey === undefined ? undefined : world.catalogue.category(parentKey);
  if (parentKey !== undefined && parent === undefined) return notFound("Category");
  const page = pageAfter(
    world.catalogue.categories,
    cursor,
    limit,
    (one) =>
      (parent === undefined || one.parentId === parent.id) &&
      (tag === undefined || one.tags.includes(tag)) &&
      (!withStockOnly || inStock(one, world).length > 0),
  );
  if (page === null) return invalid([badCursor]);
  return ok({
    items: page.items.map((one) => categoryView(one, call.currency, world)),
    limit,
    nextCursor: page.nextCursor,
  });
}

function getCategory(call: Call, world: World): Reply {
  const category = world.catalogue.category(call.params.category ?? "");
  return category === undefined
    ? notFound("Category")
    : ok(categoryView(category, call.currency, world));
}

function getTree(call: Call, world: World): Reply {
  const query = parseQuery(call.query, treeQuery);
  if ("refusal" in query) return query.refusal;
  const { parentId, depth, withStockOnly } = query.value;
  const parent = parentId === undefined ? null : world.catalogue.category(parentId);
  if (parent === undefined) return notFound("Category");
  const below = (id: string | null, levels: number): unknown[] =>
    levels === 0
      ? []
      : world.catalogue.categories
          .filter((one) => one.parentId === id)
          .filter((one) => !withStockOnly || inStock(one, world).length > 0)
          .map((one) => ({
            ...categoryView(one, call.currency, world),
            children: below(one.id, levels - 1),
          }));
  return ok(below(parent?.id ?? null, depth));
}

/** What a bad cursor is refused with, here and for products. */
export const badCursor = { loc: ["query", "cursor"], msg: "Invalid cursor", type: "value_error" };

function inStock(category: Category, world: World) {
  const ids = world.catalogue.subtree(category.id);
  return world.catalogue.products.filter(
    (product) => ids.has(product.categoryId) && world.stockOf(product) !== 0,
  );
}

function categoryView(category: Category, currency: OrderCurrency, world: World) {
  const offers = inStock(category, world);
  const prices = offers.map((product) => new Big(world.usdPriceOf(product)));
  const [first, ...others] = prices;
  const best = others.reduce((low, price) => (price.lt(low) ? price : low), first ?? new Big(0));
  return {
    id: category.id,
    name: category.name,
    slug: category.slug,
    description: category.description,
    bestOfferPrice: first === undefined ? null : quote(best.toString(), currency),
    attributes: {},
    attributeDefinitions: [],
    tags: category.tags,
    parentId: category.parentId,
    hasProducts: world.catalogue.products.some((product) => product.categoryId === category.id),
    inStockCount: offers.length,
    imagePath: `/images/categories/${category.slug}.webp`,
    thumbnailPath: `/images/categories/${category.slug}-small.webp`,
  };
}

export const categoryRoutes: readonly Route[] = [
  { method: "GET", path: "/api/categories/", endpoint: "categories", handle: listCategories },
  { method: "GET", path: "/api/categories/tree", endpoint: "categories", handle: getTree },
  {
    method: "GET",
    path: "/api/categories/{category}",
    endpoint: "categories",
    handle: getCategory,
  },
];
