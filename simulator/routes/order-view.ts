import { externalData } from "../codes.ts";
import { orderTruth } from "../lifecycle.ts";
import type { Order } from "../state.ts";
import type { World } from "../world.ts";

/** An order as the supplier shows it at `now`. */
export function orderView(order: Order, world: World, now: number) {
  const { status, since, cancelReason } = orderTruth(order, now);
  return {
    id: order.id,
    status,
    cancelReason,
    totalPrice: order.totalPrice,
    currency: order.currency,
    isMock: order.isMock,
    createdAt: new Date(order.createdAt).toISOString(),
    updatedAt: new Date(since).toISOString(),
    paymentExpiresAt: new Date(order.paymentExpiresAt).toISOString(),
    items: order.items.map((item, index) => {
      const product = world.catalogue.product(item.productId);
      return {
        product: { id: item.productId, name: product?.name ?? item.productId },
        quantity: item.quantity,
        price: item.price,
        note: item.note,
        userGuide: product?.userGuide ?? null,
        error: itemError(order, index, status),
        externalData: status === "completed" ? itemCodes(order, index, world) : null,
      };
    }),
  };
}

/** What an item delivers, or will deliver once its order completes. */
export function itemCodes(order: Order, index: number, world: World): unknown[] {
  const product = world.catalogue.product(order.items[index]?.productId ?? "");
  if (product === undefined) return [];
  return externalData(product.delivery, order.plan.items[index]?.codes ?? 0, {
    seed: order.seed,
    orderId: order.id,
    item: index,
    isMock: order.isMock,
  });
}

function itemError(order: Order, index: number, status: string): string | null {
  if (status === "failed") return order.plan.failMessage;
  return status === "completed" ? (order.plan.items[index]?.error ?? null) : null;
}
