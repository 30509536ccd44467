import { compareAmounts } from "#lib/platform/money.ts";
import type { Page, SupplierCategory, SupplierProduct } from "./port.ts";

/** Enough to find something cheap; a whole catalogue has more than ten thousand products. */
const MOST_CATEGORIES = 10;

/** Reads of the catalogue; each gives null where the supplier answered with nothing to be used. */
export type CatalogueReads = {
  categories(cursor: string | null): Promise<Page<SupplierCategory> | null>;
  products(categoryId: string): Promise<Page<SupplierProduct> | null>;
  product(id: string): Promise<SupplierProduct | null>;
};

/**
 * What to try an account with: the named product, or the cheapest of the first pages that is in stock
 * and asks for nothing beside it. The less it costs, the less is lost if mock orders turn out to be real.
 * Answers a sentence where there is none.
 */
export async function chooseProduct(
  reads: CatalogueReads,
  wanted: string | null,
): Promise<SupplierProduct | string> {
  if (wanted !== null) {
    const product = await reads.product(wanted);
    if (!product) return `The supplier has no product ${wanted}, or doesn't say what it costs.`;
    if (product.noteFields.length === 0) return product;
    const fields = product.noteFields.map(({ name }) => name).join(", ");
    return `Product ${wanted} asks for ${fields}. Choose one that asks for nothing.`;
  }
  const candidates: SupplierProduct[] = [];
  for (const { id } of await firstCategories(reads)) {
    const page = await reads.products(id);
    candidates.push(...(page?.items ?? []).filter(isFit));
  }
  const [cheapest] = candidates.sort((left, right) => compareAmounts(left.price, right.price));
  return (
    cheapest ??
    "No product in stock that asks for nothing was found on the first pages of the catalogue. Name one with --product."
  );
}

async function firstCategories(reads: CatalogueReads): Promise<SupplierCategory[]> {
  const found: SupplierCategory[] = [];
  let cursor: string | null = null;
  for (let pages = 0; pages < MOST_CATEGORIES && found.length < MOST_CATEGORIES; pages++) {
    const page: Page<SupplierCategory> | null = await reads.categories(cursor);
    found.push(...(page?.items ?? []).filter(({ hasProducts }) => hasProducts));
    cursor = page?.next ?? null;
    if (cursor === null) break;
  }
  return found.slice(0, MOST_CATEGORIES);
}

const isFit = ({ stock, noteFields, minQuantity, isService }: SupplierProduct): boolean =>
  (stock === null || stock >= 2) && noteFields.length === 0 && minQuantity === 1 && !isService;
