import { storableAmount } from "#lib/platform/money.ts";
import type { SupplierProduct } from "#lib/suppliers/port.ts";

/** The largest `integer` that PostgreSQL holds; as a stock or a limit it means "plenty". */
const PLENTY = 2_147_483_647;

/**
 * A product as our columns can hold it, or null when its price can't be held: one absurd product
 * must not keep the rest of its page from being stored.
 */
export function storable(product: SupplierProduct): SupplierProduct | null {
  const price = storableAmount(product.price);
  if (price === null || product.minQuantity > PLENTY) return null;
  return {
    ...product,
    price,
    faceValue: product.faceValue === null ? null : storableAmount(product.faceValue),
    stock: capped(product.stock),
    maxQuantity: capped(product.maxQuantity),
  };
}

const capped = (count: number | null): number | null =>
  count === null ? null : Math.min(count, PLENTY);
