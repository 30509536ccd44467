import type { Tx } from "#lib/platform/db.ts";

/**
 * What these orders waited for is over. One that somebody has locked is left to him: he is about to
 * learn it by himself, and waiting for him here could be waiting in a circle.
 */
export async function dueNow(tx: Tx, orderIds: string[]): Promise<void> {
  await tx.$executeRaw`
    with waiting as (
      select id from orders
      where id = any(${orderIds}::uuid[]) and next_poll_at > now()
      for no key update skip locked)
    update orders o set next_poll_at = date_trunc('milliseconds', now()) from waiting where o.id = waiting.id`;
}
