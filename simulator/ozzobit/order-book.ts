/** Where an order goes by itself, from its creation on, one step after the other. */
const WAYS = {
  completes: [
    "AWAITING_PAYMENT_FROM_USER",
    "PROCESSING",
    "PENDING_DELIVERY_FROM_OZZOBIT",
    "COMPLETED",
  ],
  fails: ["AWAITING_PAYMENT_FROM_USER", "PROCESSING", "FAILED"],
  cancels: ["AWAITING_PAYMENT_FROM_USER", "CANCELLED"],
  stalls: ["AWAITING_PAYMENT_FROM_USER", "PROCESSING"],
} as const;

export type Way = keyof typeof WAYS;
export const ways = Object.keys(WAYS) as [Way, ...Way[]];

export type Wanted = {
  partnerOrderId: string | null;
  productsAvailed: string;
  cryptoCurrency: string;
  network: string;
  fiatCurrency: string;
  fiatAmount: number;
  walletAddress: string | null;
};

export type Order = Wanted & {
  id: string;
  status: string;
  createdAt: string;
  updatedAt: string;
  completedAt: string | null;
  transactionHash: string | null;
};

export type OrderBook = {
  create(wanted: Wanted): Order;
  find(id: string): Order | undefined;
  /** Newest first. */
  all(): Order[];
  setStatus(id: string, status: string): Order | null;
  /** What becomes of orders that are created from now on; null: nothing, until they are told to. */
  way: Way | null;
  /** Milliseconds between two steps. */
  stepMs: number;
  close(): void;
};

/** @param onChange told of each new status, the first one too */
export function createOrderBook(onChange: (order: Order) => void, now: () => number): OrderBook {
  const orders: Order[] = [];
  const timers = new Set<NodeJS.Timeout>();
  const book: OrderBook = {
    way: "completes",
    stepMs: 1_000,
    create(wanted) {
      const at = new Date(now()).toISOString();
      const id = `oz-${String(orders.length + 1).padStart(6, "0")}-${now().toString(36)}`;
      const times = { createdAt: at, updatedAt: at, completedAt: null };
      const order: Order = { ...wanted, id, status: "CREATED", ...times, transactionHash: null };
      orders.push(order);
      onChange(order);
      if (book.way !== null) follow(id, [...WAYS[book.way]]);
      return order;
    },
    find: (id) => orders.find((order) => order.id === id),
    all: () => orders.toReversed(),
    setStatus(id, status) {
      const order = book.find(id);
      if (!order) return null;
      order.status = status;
      order.updatedAt = new Date(now()).toISOString();
      if (status === "COMPLETED") {
        order.completedAt = order.updatedAt;
        order.transactionHash = `0x${Buffer.from(order.id).toString("hex")}`;
      }
      onChange(order);
      return order;
    },
    close() {
      for (const timer of timers) clearTimeout(timer);
    },
  };

  function follow(id: string, [next, ...rest]: string[]): void {
    if (next === undefined) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      book.setStatus(id, next);
      follow(id, rest);
    }, book.stepMs);
    timers.add(timer);
  }

  return book;
}
