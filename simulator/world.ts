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
  startBalances: Record<BalanceCurrency, string>;
};

/** The supplier as it stands: what it sells, what it was told, and the time it thinks it is. */
export type World = ReturnType<typeof createWorld>;

export function createWorld(settings: Settings, store: Store, wallNow: () => number) {
  const catalogue: Catalogue = buildCatalogue();
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
    return wallNow() + store.state.clockOffsetMs;
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
    /** Puts money and stock right for every order that has come to its end by now. */
    catchUp() {
      const at = now();
      for (const order of orders.open()) settle(order, at);
    },
    /** Applies a rule's change to the given products, for good. */
    change(change: WorldChange, productIds: readonly string[]) {
      if (change.balance !== undefined) {
        balanceOf(change.balance.currency).available = money(change.balance.available);
      }
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
    clockOffsetMs: 0,
    nextRule: 1,
    balances,
    stock: {},
    usdPrices: {},
    rules: [],
    orders: [],
  };
}
