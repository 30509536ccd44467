import { catchUp } from "../catch-up.ts";
import { orderTruth } from "../lifecycle.ts";
import { itemCodes } from "../routes/order-view.ts";
import type { Order } from "../state.ts";
import type { World } from "../world.ts";

/** Everything about every order, oldest first, told or not: for tests that judge what a client did. */
export function truth(world: World) {
  catchUp(world);
  const { balances, toldOffsetMs, landings, lies, orders } = world.store.state;
  return {
    now: instant(world.now()),
    clockOffsetMs: toldOffsetMs,
    balances,
    /** Calls whose effect is still to come. */
    landings: landings.map(({ at, endpoint, params }) => ({
      at: instant(at),
      endpoint,
      orderId: params.order ?? null,
    })),
    /** Codes that were told and are not delivered. */
    lies,
    orders: orders.map((order) => orderFacts(order, world)),
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
    origin: order.origin,
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
