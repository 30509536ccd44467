import type { NewSupplierOrder } from "../port.ts";

/**
 * The body that creates an order. The price guard goes in as text, so that no digit is lost; where
 * it belongs is disputed in public sources, and the order itself is the plainest reading.
 */
export function orderBody(order: NewSupplierOrder): string {
  return JSON.stringify({
    items: order.items.map(({ productId, quantity, note }) => ({
      itemId: productId,
      quantity,
      ...(note === null ? {} : { note }),
    })),
    isMock: order.isMock,
    ...(order.totalPrice === null ? {} : { totalPrice: order.totalPrice }),
  });
}
