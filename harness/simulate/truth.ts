/** What really happened at the supplier; the engine can't see it. */

/** One create request of ours as it left, and what it made. */
export type Sent = {
  orderId: string;
  process: string;
  sentAt: number;
  /** The supplier order it made, and when; null where it made none (yet). */
  supplierOrderId: string | null;
  landedAt: number | null;
};

export type Truth = {
  creates: Sent[];
  /** Whose create made a supplier order, by its id. */
  makers: Map<string, Sent>;
  /** Supplier orders that somebody else made. */
  foreign: Set<string>;
  /** Which values each place of each supplier order was ever shown with: `id/item/position`. */
  shown: Map<string, Set<string>>;
  /** The places that an answer about the order itself showed, which is what codes are stored from. */
  answered: Set<string>;
};

export const createTruth = (): Truth => ({
  creates: [],
  makers: new Map(),
  foreign: new Set(),
  shown: new Map(),
  answered: new Set(),
});

/** One word for the goods of an order: those with the same could stand in for each other. */
export function basketKeyOf(order: {
  items: readonly { productId: string; quantity: number }[];
  isMock: boolean;
}): string {
  const lines = order.items.map(({ productId, quantity }) => `${quantity} × ${productId}`).sort();
  return `${order.isMock ? "mock " : ""}${lines.join(", ")}`;
}
