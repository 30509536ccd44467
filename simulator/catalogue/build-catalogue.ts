import { draw, drawBetween, drawText } from "../chance.ts";
import { money } from "../money.ts";
import { aiServices } from "./ai-services.ts";
import { appStores } from "./app-stores.ts";
import { categories } from "./categories.ts";
import { esims } from "./esim.ts";
import { gameCurrency } from "./game-currency.ts";
import { giftCards } from "./gift-cards.ts";
import { subscriptions } from "./subscriptions.ts";
import { testProducts } from "./test-products.ts";
import { topups } from "./topups.ts";
import type { Category, Product, ProductDraft } from "./types.ts";

export type Catalogue = {
  categories: readonly Category[];
  products: readonly Product[];
  /** By id or slug. */
  category(idOrSlug: string): Category | undefined;
  /** By id or slug. */
  product(idOrSlug: string): Product | undefined;
  /** The ids of a category and of everything below it. */
  subtree(categoryId: string): ReadonlySet<string>;
};

const drafts: readonly ProductDraft[] = [
  ...giftCards,
  ...appStores,
  ...gameCurrency,
  ...subscriptions,
  ...esims,
  ...topups,
  ...aiServices,
  ...testProducts,
];

/** The catalogue is the same on every run, whatever the seed, because others keep its ids. */
export function buildCatalogue(): Catalogue {
  const categoryByKey = new Map(
    categories.flatMap((one) => [[one.id, one] as const, [one.slug, one] as const]),
  );
  const products = drafts.map((draft) => {
    const category = categoryByKey.get(draft.category);
    if (category === undefined) throw new Error(`No category ${draft.category}`);
    return buildProduct(draft, category.id);
  });
  const productByKey = new Map(
    products.flatMap((one) => [[one.id, one] as const, [one.slug, one] as const]),
  );
  if (productByKey.size !== products.length * 2) throw new Error("Two products share a slug or id");
  return {
    categories,
    products,
    category: (idOrSlug) => categoryByKey.get(idOrSlug),
    product: (idOrSlug) => productByKey.get(idOrSlug),
    subtree: (categoryId) => {
      const ids = new Set([categoryId]);
      // Parents stand before their children in the list, so one pass reaches every depth.
      for (const one of categories)
        if (one.parentId !== null && ids.has(one.parentId)) ids.add(one.id);
      return ids;
    },
  };
}

function buildProduct(draft: ProductDraft, categoryId: string): Product {
  const slug = slugOf(draft.name);
  return {
    id: `product_01k${drawText(23, "0123456789abcdefghjkmnpqrstvwxyz", "product", slug)}`,
    slug,
    name: draft.name,
    description: draft.description ?? `${draft.name}, delivered automatically.`,
    categoryId,
    attributes: draft.attributes ?? {},
    usdPrice: money(draft.usdPrice),
    staleUsdPrice: draft.staleUsdPrice ?? null,
    priceMovesWithEveryOrder: draft.priceMovesWithEveryOrder ?? false,
    priceSentAs: draw("price sent as", slug) < 0.5 ? "string" : "number",
    stock: draft.stock === undefined ? stockOf(slug) : draft.stock,
    minQuantity: draft.minQuantity ?? 1,
    maxQuantity: draft.maxQuantity ?? 20,
    noteFields: draft.noteFields ?? [],
    delivery: draft.delivery,
    deliveryType: draft.deliveryType ?? "code",
    isService: draft.isService ?? false,
    userGuide: draft.userGuide ?? null,
    fate: draft.fate ?? null,
  };
}

function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
}

/** A few are sold out and a few report no figure, as at a real supplier. */
function stockOf(slug: string): number | null {
  const kind = draw("stock kind", slug);
  if (kind < 0.05) return 0;
  if (kind < 0.12) return null;
  return drawBetween(15, 900, "stock", slug);
}
