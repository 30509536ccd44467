import type { OrdersContext } from "#lib/orders/context.ts";
import type { Observation } from "#lib/orders/observation.ts";
import { recordObservations } from "#lib/orders/record-observations.ts";
import { recordUnchanged, type Unchanged } from "#lib/orders/record-unchanged.ts";
import { DEFAULT_PACE, nextLook, type Pace } from "#lib/polling/look-schedule.ts";
import type { SupplierOrder } from "#lib/suppliers/port.ts";
import { compareList } from "./compare-list.ts";
import type { Held } from "./held-orders.ts";

/** Orders recorded in one transaction. */
const BATCH = 50;

export type Listed = {
  supplierId: string;
  sweepEveryMs: number;
  /** When the page was asked for. */
  askedAt: Date;
  held: readonly Held[];
  rows: ReadonlyMap<string, SupplierOrder>;
};

/**
 * Writes down what a page showed of orders of ours: still where they were, or paid and by now
 * processing. Neither ends an order, nor are codes taken from a list.
 * @returns how many have moved on
 */
export async function recordListed(ctx: OrdersContext, listed: Listed): Promise<number> {
  const { supplierId, sweepEveryMs, askedAt, held, rows } = listed;
  const now = askedAt.getTime();
  const { unchanged, advanced } = compareList(held, { rows, asked: new Set() }, now);
  const paceOf = async (order: Held): Promise<Pace> => ({
    ...((await ctx.paces?.paceOf(ctx, supplierId, order.externalIds)) ?? DEFAULT_PACE),
    sweepEveryMs,
  });
  const same = await Promise.all(
    unchanged.map(async (order): Promise<Unchanged> => {
      const watched = {
        ageMs: now - order.statusChangedAt.getTime(),
        paidForMs: now - order.paidAt.getTime(),
        pace: await paceOf(order),
      };
      const { orderId, state: status } = order;
      return { orderId, status, ...nextLook(watched, ctx.random()) };
    }),
  );
  await recordUnchanged(ctx, same, askedAt);
  const news = await Promise.all(
    advanced.map(async (order) => toObservation(order, rows, await paceOf(order))),
  );
  const observations = news.filter((one) => one !== null);
  for (let at = 0; at < observations.length; at += BATCH) {
    await recordObservations(ctx, observations.slice(at, at + BATCH));
  }
  return observations.length;
}

function toObservation(
  { orderId, supplierOrderId }: Held,
  rows: ReadonlyMap<string, SupplierOrder>,
  pace: Pace,
): Observation | null {
  const row = rows.get(supplierOrderId);
  if (!row) return null;
  const items = row.items.map((item) => ({ ...item, codes: [] }));
  return {
    orderId,
    source: "look",
    answer: { kind: "order", order: { ...row, items } },
    attemptId: null,
    leaseToken: null,
    pace,
  };
}
