import type { ProductView } from "#lib/catalog/types.ts";
import { MOST_UNITS } from "#lib/orders/new-order-limits.ts";

/** How many may be ordered: by the product's own limits, its stock, and ours. */
export function quantityRange({ minQuantity, maxQuantity, stock }: ProductView): {
  minimum: number;
  maximum: number;
} {
  return {
    minimum: Math.max(1, minQuantity),
    maximum: Math.min(maxQuantity ?? MOST_UNITS, stock ?? MOST_UNITS, MOST_UNITS),
  };
}
