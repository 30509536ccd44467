/**
 * What P5 is measured on: orders as they come and end, and fixed polling of them, in virtual time.
 *
 * The supplier: FoxReload says that an order is `paid` for under 5 s, `processing` for 1 to 60 s, and
 * that a normal one ends within a minute. Here `paid` takes 0.5 to 4.5 s, evenly; `processing` is
 * log-normal with the middle of that range as its median and sigma 0.7, so that one in six takes longer
 * than a minute and one in a hundred longer than two and a half. Each call takes 150 ms.
 */

export type Goods = { name: string; share: number; medianMs: number; sigma: number };

/** What FoxReload's papers describe. */
export const NORMAL_GOODS: readonly Goods[] = [
  { name: "codes", share: 1, medianMs: 30_000, sigma: 0.7 },
];
/** Half of the orders from stock, half made by hand or by another supplier. */
export const MIXED_GOODS: readonly Goods[] = [
  { name: "fast", share: 0.5, medianMs: 8_000, sigma: 0.5 },
  { name: "slow", share: 0.5, medianMs: 60_000, sigma: 0.7 },
];

const FIXED_EVERY_MS = 5_000;
export const CALL_MS = 150;
/** Nothing is counted before the curves are learnt. */
const WARM_UP_SECONDS = 900;
const LEAST_WARM_UP_ORDERS = 200;
export const ORDERS = 4_000;
/** Nor after arrivals have ended, as long as it takes until all that count are over. */
const COOL_DOWN_ORDERS = 2_000;

export type Order = { goods: string; paidAt: number; processingAt: number; doneAt: number };

export type Result = { calls: number; delayMs: number };

export const warmUpOrders = (rate: number): number =>
  Math.max(LEAST_WARM_UP_ORDERS, Math.ceil(rate * WARM_UP_SECONDS));

export function placeOrders(rate: number, goods: readonly Goods[], random: () => number): Order[] {
  const orders: Order[] = [];
  let at = 0;
  for (let made = 0; made < warmUpOrders(rate) + ORDERS + COOL_DOWN_ORDERS; made += 1) {
    at += (-Math.log(1 - random()) / rate) * 1_000;
    const which = random();
    let share = 0;
    const kind =
      goods.find((each) => {
        share += each.share;
        return share > which;
      }) ?? goods[0];
    if (!kind) throw new Error("There are no goods.");
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const processingAt = at + 500 + random() * 4_000;
    const doneAt = processingAt + kind.medianMs * Math.exp(kind.sigma * normal);
    orders.push({ goods: kind.name, paidAt: at, processingAt, doneAt });
  }
  return orders;
}

export function pollFixed(orders: readonly Order[], warmUp: number): Result {
  let calls = 0;
  let delay = 0;
  const counted = orders.slice(warmUp, warmUp + ORDERS);
  for (const { paidAt, doneAt } of counted) {
    const looks = Math.ceil((doneAt - paidAt) / FIXED_EVERY_MS);
    calls += looks;
    delay += paidAt + looks * FIXED_EVERY_MS + CALL_MS - doneAt;
  }
  return { calls: calls / counted.length, delayMs: delay / counted.length };
}

/** mulberry32 */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
