import type { Tx } from "#lib/platform/db.ts";
import { notify } from "#lib/platform/notify.ts";
import { announceOrders, openedNews } from "./announce-orders.ts";
import type { OrdersContext } from "./context.ts";
import type { OrderStatus } from "./lifecycle.ts";
import { openSignal } from "./open-signals.ts";
import { readStalledAfter, stalledSince } from "./stalled-after.ts";
import { writeTimeline } from "./write-timeline.ts";

const BATCH = 200;

/**
 * Opens the `stalled` signal on every order that has stood in one open state for ten minutes, or as long
 * as is set for its supplier. Any
 * number of processes may do so at once: one signal an order is open at a time. Answers how many are new.
 */
export async function flagStalls(ctx: OrdersContext): Promise<number> {
  const now = ctx.now();
  const { suppliers, since, otherwise } = stalledSince(await readStalledAfter(ctx), now);
  const stalled = await ctx.db.$queryRaw<{ id: string; before: Date }[]>`
    select o.id, coalesce(given.since, ${otherwise}::timestamptz) as before from orders o
      left join unnest(${suppliers}::uuid[], ${since}::timestamptz[]) given(supplier_id, since)
        on given.supplier_id = o.supplier_id
    where o.status in ('submitting', 'awaiting_payment', 'paid', 'processing')
      and o.status_changed_at <= coalesce(given.since, ${otherwise}::timestamptz)
      and not exists (
        select 1 from order_signals s where s.order_id = o.id and s.key = 'stalled' and s.cleared_at is null)
    order by o.status_changed_at
    limit ${BATCH}::int`;
  let flagged = 0;
  for (const { id, before } of stalled) {
    const isNew = await ctx.db.$transaction(async (tx) => {
      const standing = await lockStalled(tx, id, before);
      if (!standing) return false;
      const { status, since } = standing;
      if (!(await openSignal(tx, ctx, id, "stalled", { status }, now))) return false;
      const data = { signal: "stalled", status };
      await writeTimeline(tx, ctx, id, [{ kind: "signal_opened", data }], now);
      const told = { reason: null, since: since.toISOString() };
      const signal = { orderId: id, key: "stalled", data: { status } } as const;
      const news = [{ orderId: id, type: "order.stalled", data: told } as const];
      await announceOrders(tx, ctx, [...news, openedNews(signal, now)], now);
      await notify(tx, [`order:${id}`]);
      return true;
    });
    if (isNew) flagged += 1;
  }
  return flagged;
}

/**
 * Looked at again under the lock: a signal on an order that has just moved would never be cleared. One
 * that somebody has locked is left to the next pass, and doesn't hold up the others.
 */
async function lockStalled(
  tx: Tx,
  orderId: string,
  before: Date,
): Promise<{ status: OrderStatus; since: Date } | null> {
  const rows = await tx.$queryRaw<{ status: OrderStatus; since: Date }[]>`
    select status::text, status_changed_at as since from orders
    where id = ${orderId}::uuid and status_changed_at <= ${before}
      and status in ('submitting', 'awaiting_payment', 'paid', 'processing')
    for update skip locked`;
  return rows[0] ?? null;
}
