import type { Order } from "./state.ts";

/** The orders of a state, found fast. Writes into the list it was made from. */
export type OrderBook = {
  add(order: Order): void;
  find(id: string): Order | undefined;
  findByIdempotencyKey(key: string): Order | undefined;
  /** The orders whose end hasn't been settled yet. */
  open(): readonly Order[];
  newestFirst(): Order[];
  count(): number;
  close(order: Order): void;
};

export function openOrderBook(orders: Order[]): OrderBook {
  const byId = new Map<string, Order>();
  const byKey = new Map<string, Order>();
  const open = new Set<Order>();
  const index = (order: Order) => {
    byId.set(order.id, order);
    if (order.idempotencyKey !== null) byKey.set(order.idempotencyKey, order);
    if (order.settled === null) open.add(order);
  };
  orders.forEach(index);
  return {
    add(order) {
      orders.push(order);
      index(order);
    },
    find: (id) => byId.get(id),
    findByIdempotencyKey: (key) => byKey.get(key),
    open: () => [...open],
    newestFirst: () => orders.toReversed(),
    count: () => orders.length,
    close: (order) => void open.delete(order),
  };
}
