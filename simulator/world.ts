import Big from "big.js";
import type { WorldChange } from "./behaviours.ts";
import { buildCatalogue, type Catalogue } from "./catalogue/build-catalogue.ts";
import type { Product } from "./catalogue/types.ts";
import { orderTruth } from "./lifecycle.ts";
import { type BalanceCurrency, balanceCurrencies, money } from "./money.ts";
import { type OrderBook, openOrderBook } from "./order-book.ts";
import type { Timing } from "./plan.ts";
import type { Order, State } from "./state.ts";
import type { Store } from "./store.ts";

export type Settings = {
  apiKey: string;
  seed: number;
  timing: Timing;
  /** Whether creating an order already takes the money, which the supplier's papers leave open. */
  createCharges: boolean;
  /** How long an order that was paid by its creation is still shown as `active`. */
  chargedActiveMs: number;
  /** What the clock that the supplier tells times by is off by, to begin with. */
  clockOffsetMs: number;
  startBalances: Record<BalanceCurrency, string>;
};

export const defaultSettings: Settings = {
  apiKey: "simulator-key",
  seed: 1,
  timing: {
    paidMs: { minMs: 800, maxMs: 1200 },
    completeMs: { minMs: 3000, maxMs: 12_000 },
    paymentWindowMs: 900_000,
  },
  createCharges: false,
  chargedActiveMs: 500,
  clockOffsetMs: 0,
  startBalances: { usd: "2500", rub: "150000", USDT: "0" },
};

/** What may be said of the settings; the rest is as in `defaultSettings`. */
export type GivenSettings = Partial<Omit<Settings, "timing" | "startBalances">> & {
  timing?: Partial<Settings["timing"]>;
  startBalances?: Partial<Settings["startBalances"]>;
};

export function completeSettings(given: GivenSettings): Settings {
  return {
    ...defaultSettings,
    ...given,
    timing: { ...defaultSettings.timing, ...given.timing },
    startBalances: { ...defaultSettings.startBalances, ...given.startBalances },
  };
}

/** Always the same, so it is built once for all the worlds of a process. */
const catalogue: Catalogue = buildCatalogue();

/** The supplier as it stands: what it sells, what it was told, and the time it thinks it is. */
export type World = ReturnType<typeof createWorld>;

export function createWorld(settings: Settings, store: Store, wallNow: () => number) {
  let frozenAt: number | null = null;
  let requests = 0;
  let orders: OrderBook = openOrderBook(store.state.orders);

  const stockOf = (product: Product): number | null =>
    store.state.stock[product.id] ?? product.stock;

  const usdPriceOf = (product: Product): string =>
    store.state.usdPrices[product.id] ?? product.usdPrice;

  function balanceOf(currency: BalanceCurrency) {
    return store.state.balances[currency];
  }

  function moveBalance(
    currency: BalanceCurrency,
    available: Big.BigSource,
    reserved: Big.BigSource,
  ) {
    const balance = balanceOf(currency);
    balance.available = money(new Big(balance.available).plus(available));
    balance.reserved = money(new Big(balance.reserved).plus(reserved));
  }

  /** Adds to a product's stock, or takes from it. Stock that isn't reported isn't counted either. */
  function moveStock(product: Product, by: number) {
    const stock = stockOf(product);
    if (stock !== null) store.state.stock[product.id] = stock + by;
  }

  /** Records that an order was paid, and reserves the money unless it is a mock. */
  function takePayment(order: Order, at: number) {
    order.payments.push(at);
    if (!order.isMock) {
      moveBalance(order.currency, new Big(order.totalPrice).neg(), order.totalPrice);
    }
  }

  function settle(order: Order, now: number) {
    const truth = orderTruth(order, now);
    const { status } = truth;
    if (status === "active" || status === "paid" || status === "processing") return;
    const paid = order.payments.length > 0 && !order.isMock;
    const moneyReturned = paid && status !== "completed" && !order.plan.keepMoney;
    if (paid) {
      moveBalance(
        order.currency,
        moneyReturned ? order.totalPrice : 0,
        new Big(order.totalPrice).neg(),
      );
    }
    if (status !== "completed" && !order.isMock) {
      for (const item of order.items) {
        const product = catalogue.product(item.productId);
        if (product !== undefined) moveStock(product, item.quantity);
      }
    }
    const { since: at, cancelReason } = truth;
    order.settled = { status, at, cancelReason, moneyReturned };
    orders.close(order);
    store.touch();
  }

  function now(): number {
    return frozenAt ?? wallNow() + store.state.clockOffsetMs;
  }

  return {
    settings,
    catalogue,
    store,
    now,
    /** The real time, for what the caller compares with its own clock. */
    wallNow,
    get orders() {
      return orders;
    },
    stockOf,
    usdPriceOf,
    balanceOf,
    moveStock,
    takePayment,
    /** A moment of the simulator's clock as the supplier tells it. */
    told(at: number): Date {
      return new Date(at + store.state.toldOffsetMs);
    },
    /** Whether it is a key of the account; the one that it was started with, until others were issued. */
    takesKey(key: unknown): boolean {
      const { apiKeys } = store.state;
      return (apiKeys.length > 0 ? apiKeys : [settings.apiKey]).some((known) => known === key);
    },
    /** Counts requests, so that a draw of one isn't that of the next. */
    nextRequest: () => ++requests,
    /** Puts money and stock right for every order that has come to its end by now. */
    settle() {
      const at = now();
      for (const order of orders.open()) settle(order, at);
    },
    /** Does something as if the clock stood at `at`. */
    asOf<Result>(at: number, act: () => Result): Result {
      frozenAt = at;
      try {
        return act();
      } finally {
        frozenAt = null;
      }
    },
    /** Applies a rule's change to the given products, for good. */
    change(change: WorldChange, productIds: readonly string[]) {
      if (change.balance !== undefined) {
        balanceOf(change.balance.currency).available = money(change.balance.available);
      }
      if (change.clockOffsetMs !== undefined) store.state.toldOffsetMs = change.clockOffsetMs;
      for (const product of productIds.map(catalogue.product)) {
        if (product === undefined) continue;
        if (change.outOfStock) store.state.stock[product.id] = 0;
        const { priceChange } = change;
        if (priceChange !== undefined) {
          store.state.usdPrices[product.id] = money(
            "to" in priceChange
              ? priceChange.to
              : new Big(usdPriceOf(product)).times(priceChange.by),
          );
        }
      }
      store.touch();
    },
    /** Forgets everything that happened. The next order gets a new id all the same. */
    reset() {
      store.replace(emptyState(settings));
      orders = openOrderBook(store.state.orders);
      store.touch();
    },
  };
}

/** The state of a simulator that nobody has asked anything yet. */
export function emptyState(settings: Settings): State {
  const balance = (currency: BalanceCurrency) => ({
    available: money(settings.startBalances[currency]),
    reserved: money(0),
    pending: money(0),
  });
  const balances = Object.fromEntries(
    balanceCurrencies.map((currency) => [currency, balance(currency)]),
  ) as State["balances"];
  return {
    version: 1,
    apiKeys: [],
    clockOffsetMs: 0,
    toldOffsetMs: settings.clockOffsetMs,
    nextRule: 1,
    balances,
    stock: {},
    usdPrices: {},
    rules: [],
    landings: [],
    lies: [],
    orders: [],
  };
}
