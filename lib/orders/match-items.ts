import type { SupplierOrderItem } from "#lib/suppliers/port.ts";

/**
 * Pairs our items with the supplier's. The order in which they were asked for is kept where the
 * products agree; otherwise each of ours takes the first unused one of its product.
 */
export function matchItems<T extends { externalId: string }>(
  ours: T[],
  theirs: SupplierOrderItem[],
): { item: T; observed: SupplierOrderItem | null }[] {
  const sameOrder =
    ours.length === theirs.length &&
    ours.every((item, index) => (theirs[index]?.productId ?? item.externalId) === item.externalId);
  if (sameOrder) return ours.map((item, index) => ({ item, observed: theirs[index] ?? null }));
  const unused = [...theirs];
  return ours.map((item) => {
    const found = unused.findIndex((candidate) => candidate.productId === item.externalId);
    return { item, observed: found < 0 ? null : (unused.splice(found, 1)[0] ?? null) };
  });
}
