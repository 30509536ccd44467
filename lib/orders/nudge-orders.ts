import type { Core } from "#lib/platform/core.ts";
import { notify } from "#lib/platform/notify.ts";

/**
 * Something is said to be new about these orders: they are looked at at once, those that were over too.
 * Left alone are those that no supplier knows, unless they are searched for, and those that somebody has
 * locked: he is about to learn it by himself.
 */
export async function nudgeOrders(
  core: Pick<Core, "db">,
  orderIds: readonly string[],
): Promise<void> {
  if (orderIds.length === 0) return;
  await core.db.$transaction(async (tx) => {
    const nudged = await tx.$queryRaw<{ id: string }[]>`
      with waiting as materialized (
        select id from orders
        where id = any(${[...orderIds]}::uuid[]) and coalesce(next_poll_at > now(), true) and (
          case when status in ('submitting', 'rejected', 'refunded') then false
            when status = 'unconfirmed' then next_poll_at is not null
            else supplier_order_id is not null end)
        order by id
        for no key update skip locked)
      update orders o set next_poll_at = now() from waiting where o.id = waiting.id
      returning o.id::text as id`;
    if (nudged.length === 0) return;
    await notify(tx, ["work", ...nudged.map(({ id }) => `order:${id}` as const)]);
  });
}
