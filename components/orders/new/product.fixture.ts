import type { ProductView } from "#lib/catalog/types.ts";

/** A product for tests, as the server would give it. */
export function productOf(more: Partial<ProductView> = {}): ProductView {
  return {
    id: "01a1fce4-364c-74ff-8ada-000000000001",
    externalId: "product_1",
    name: "Gift card 10",
    categoryName: "Gift cards",
    region: "US",
    faceValue: "10",
    faceCurrency: "USD",
    price: "9.5",
    currency: "USD",
    stock: 20,
    minQuantity: 1,
    maxQuantity: 10,
    noteFields: [],
    isService: false,
    description: null,
    userGuide: null,
    seenAt: "2026-11-21T06:00:00.000Z",
    gone: false,
    ...more,
  };
}
