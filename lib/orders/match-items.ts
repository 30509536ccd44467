import type { SupplierOrderItem } from "#lib/suppliers/port.ts";

export type ItemPair<T> = { item: T; observed: SupplierOrderItem | null };

/**
 * Pairs our items with the supplier's, so that nothing which the supplier shows stays without a home:
 * in the order in which they were asked for where the products agree, else by product, else whatever
 * is left with whoever is left. Where theirs are more than ours, the extra ones join their product's.
 */
export function matchItems<T extends { externalId: string }>(
  ours: T[],
  theirs: SupplierOrderItem[],
): ItemPair<T>[] {
  const inOrder =
    ours.length === theirs.length &&
    ours.every((item, index) => (theirs[index]?.productId ?? item.externalId) === item.externalId);
  if (inOrder) return ours.map((item, index) => ({ item, observed: theirs[index] ?? null }));

  const unused = [...theirs];
  const take = (fits: (candidate: SupplierOrderItem) => boolean): SupplierOrderItem | null => {
    const found = unused.findIndex(fits);
    return found < 0 ? null : (unused.splice(found, 1)[0] ?? null);
  };
  const pairs = ours.map((item) => ({
    item,
    observed: take(({ productId }) => productId === item.externalId),
  }));
  for (const pair of pairs) pair.observed ??= take(() => true);
  for (const extra of unused) {
    const home = pairs.findLast(({ item }) => item.externalId === extra.productId) ?? pairs.at(-1);
    if (home) home.observed = home.observed ? join(home.observed, extra) : extra;
  }
  return pairs;
}

/** One line of ours that the supplier shows as two: the second's codes take the places behind. */
function join(first: SupplierOrderItem, second: SupplierOrderItem): SupplierOrderItem {
  const places = first.codes.map(({ position }) => position + 1);
  const offset = Math.max(first.quantity ?? 0, ...places);
  const moved = second.codes.map((code) => ({ ...code, position: code.position + offset }));
  return {
    productId: first.productId,
    quantity: offset + (second.quantity ?? 0),
    note: first.note,
    error: first.error ?? second.error,
    codes: [...first.codes, ...moved],
  };
}
