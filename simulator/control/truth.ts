import { orderTruth } from "../lifecycle.ts";
import { itemCodes } from "../routes/order-view.ts";
import type { Order } from "../state.ts";
import type { World } from "../world.ts";

/** Everything about every order, oldest first, told or not: for tests that judge what a client did. */
export function truth(world: World) {
  world.catchUp();
  return {
    now: instant(world.now()),
    balances: world.store.state.balances,
    orders: world.store.state.orders.map((order) => orderFacts(order, world)),
  };
}

function orderFacts(order: Order, world: World) {
  const { status, since, cancelReason } = orderTruth(order, world.now());
  return {
    id: order.id,
    status,
    since: instant(since),
    cancelReason,
    createdAt: instant(order.createdAt),
    paymentExpiresAt: instant(order.paymentExpiresAt),
    currency: order.currency,
    totalPrice: order.totalPrice,
    isMock: order.isMock,
    idempotencyKey: order.idempotencyKey,
    paidCount: order.payments.length,
    paidAt: order.payments.map(instant),
    moneyReturned: order.settled?.moneyReturned ?? false,
    plan: order.plan,
    items: order.items.map((item, index) => ({
      ...item,
      /** Delivered when completed, otherwise what would be. */
      codes: itemCodes(order, index, world),
    })),
  };
}

function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
