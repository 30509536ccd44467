import type { Core } from "#lib/platform/core.ts";
import type { NextLook } from "#lib/polling/look-schedule.ts";

/** An order that the supplier's list shows where we know it to be. */
export type Unchanged = NextLook & { orderId: string; status: "paid" | "processing" };

/**
 * Counts as a look that found nothing new, for any number of orders in one statement. Left alone are
 * orders that have moved meanwhile, those that somebody works on, and those that are due: a read of their
 * own tells more.
 * @param seenAt when the list was asked for, by our clock
 */
export async function recordUnchanged(
  { db }: Pick<Core, "db">,
  orders: Unchanged[],
  seenAt: Date,
): Promise<void> {
  if (orders.length === 0) return;
  await db.$executeRaw`
    with seen as materialized (
      select o.id, r.in_ms, r.every_ms
      from unnest(
        ${orders.map(({ orderId }) => orderId)}::uuid[], ${orders.map(({ status }) => status)}::text[],
        ${orders.map(({ inMs }) => inMs)}::float8[], ${orders.map(({ everyMs }) => everyMs)}::int[]
      ) r(id, status, in_ms, every_ms)
      join orders o on o.id = r.id and o.status = r.status::order_status
      where o.next_poll_at > now() and (o.lease_until is null or o.lease_until < now())
        and (o.last_looked_at is null or o.last_looked_at <= ${seenAt})
      for no key update of o skip locked)
    update orders o set
      last_looked_at = ${seenAt}, looks = o.looks + 1, failed_looks = 0, last_look_error = null,
      poll_every_ms = seen.every_ms, next_poll_at = now() + make_interval(secs => seen.in_ms / 1000)
    from seen where o.id = seen.id`;
}
