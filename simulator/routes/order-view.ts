import { externalData } from "../codes.ts";
import { orderTruth } from "../lifecycle.ts";
import type { Order } from "../state.ts";
import type { World } from "../world.ts";

export type OrderView = ReturnType<typeof orderView>;

/** An order as the supplier shows it now. */
export function orderView(order: Order, world: World) {
  const { status, since, cancelReason } = orderTruth(order, world.now());
  return {
    id: order.id,
    status,
    cancelReason,
    totalPrice: order.totalPrice,
    currency: order.currency,
    isMock: order.isMock,
    createdAt: world.told(order.createdAt).toISOString(),
    updatedAt: world.told(since).toISOString(),
    paymentExpiresAt: world.told(order.paymentExpiresAt).toISOString(),
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
  const codes = codesOf(order, index, order.plan.items[index]?.codes ?? 0, world);
  const { repeats } = order.plan;
  const earlier = repeats === null ? undefined : world.orders.find(repeats.orderId);
  if (repeats === null || earlier === undefined || index !== 0 || codes.length === 0) return codes;
  return [...codesOf(earlier, repeats.item, 1, world), ...codes.slice(1)];
}

/** The first `count` codes of an item, however many it delivers. */
export function codesOf(order: Order, index: number, count: number, world: World): unknown[] {
  const product = world.catalogue.product(order.items[index]?.productId ?? "");
  if (product === undefined) return [];
  const { seed, id: orderId, isMock } = order;
  return externalData(product.delivery, count, { seed, orderId, item: index, isMock });
}

function itemError(order: Order, index: number, status: string): string | null {
  if (status === "failed") return order.plan.failMessage;
  return status === "completed" ? (order.plan.items[index]?.error ?? null) : null;
}
