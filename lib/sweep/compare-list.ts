/** What a supplier's list says of the orders that we know to be open. Pure; nothing in here moves an order. */
import type { ListedState, SupplierOrder } from "#lib/suppliers/port.ts";

/** So many orders in a state are asked for by a page; fewer are read by themselves. */
const WORTH_A_PAGE = 2;

/** Orders placed within this of each other may stand in either order. */
const PLACED_APART_MS = 5_000;

export type HeldOrder = {
  orderId: string;
  /** In lower case. */
  supplierOrderId: string;
  state: ListedState;
  /** When its own schedule would have it looked at, in milliseconds of our clock. */
  dueAt: number;
  /** When we placed it: lists are mostly sorted by that, newest first. */
  placedAt: number;
};

/** Rows seen so far, by the supplier's id in lower case, and the states that were asked for. */
export type Seen = {
  rows: ReadonlyMap<string, Pick<SupplierOrder, "state">>;
  asked: ReadonlySet<ListedState>;
};

/**
 * Which state to ask the list for next, or null when enough is known. Orders move from paid to
 * processing within seconds, so only those that are paid for longer are worth a page of their own.
 */
export function nextState(
  held: readonly HeldOrder[],
  { rows, asked }: Seen,
  nowMs: number,
): ListedState | null {
  const isDue = (order: HeldOrder) => order.dueAt <= nowMs;
  if (!asked.has("processing") && held.some(isDue)) return "processing";
  if (asked.has("paid")) return null;
  const left = held.filter(
    (order) => order.state === "paid" && isDue(order) && !rows.has(order.supplierOrderId),
  );
  return left.length >= WORTH_A_PAGE ? "paid" : null;
}

/**
 * The orders that a page of a list sorted newest first has left behind: those that are clearly newer
 * than the last of ours on it. None where the page is sorted otherwise.
 */
export function passedBy<Held extends HeldOrder>(
  held: ReadonlyMap<string, Held>,
  page: readonly { supplierOrderId: string }[],
): Held[] {
  const times = page.flatMap(({ supplierOrderId }) => {
    const order = held.get(supplierOrderId.toLowerCase());
    return order ? [order.placedAt] : [];
  });
  const isSorted = times.every((time, at) => time <= (times[at - 1] ?? time) + PLACED_APART_MS);
  const last = times.at(-1);
  if (last === undefined || !isSorted) return [];
  return [...held.values()].filter(({ placedAt }) => placedAt > last + PLACED_APART_MS);
}

/** What becomes of each held order. */
export type Compared<Order extends HeldOrder> = {
  /** Where we know it to be: as good as a look that found nothing new. */
  unchanged: Order[];
  /** Listed as further along, and still open. */
  advanced: Order[];
  /** Not listed where it should be: whether it is over is asked of the order itself, at once. */
  missing: Order[];
  /** Not listed, and nobody asked for its state: its own schedule goes on. */
  unasked: Order[];
};

export function compareList<Order extends HeldOrder>(
  held: readonly Order[],
  { rows, asked }: Seen,
  nowMs: number,
): Compared<Order> {
  const compared: Compared<Order> = { unchanged: [], advanced: [], missing: [], unasked: [] };
  for (const order of held) {
    const row = rows.get(order.supplierOrderId);
    if (row) {
      // A list that lags shows it where it was before: nothing new either.
      const isFurther = order.state === "paid" && row.state === "processing";
      compared[isFurther ? "advanced" : "unchanged"].push(order);
    } else if (asked.has(order.state) || order.dueAt <= nowMs) {
      compared.missing.push(order);
    } else {
      compared.unasked.push(order);
    }
  }
  return compared;
}
