import type { Core } from "#lib/platform/core.ts";
import { notify } from "#lib/platform/notify.ts";

/**
 * Something is said to be new about these orders: they are looked at at once, those that were over too. Those
 * that no supplier knows are left alone, unless they are searched for.
 * @returns those that somebody works on now: what he asked may have been answered before the news, and what he
 *   writes down decides when they are looked at next, so they have to be nudged again in a while
 */
export async function nudgeOrders(
  core: Pick<Core, "db">,
  orderIds: readonly string[],
): Promise<string[]> {
  if (orderIds.length === 0) return [];
  return core.db.$transaction(async (tx) => {
    const rows = await tx.$queryRaw<{ id: string; isNudged: boolean }[]>`
      with known as materialized (
        select id, coalesce(lease_until >= now(), false) as is_held, coalesce(next_poll_at > now(), true) as is_to_come
        from orders
        where id = any(${[...orderIds]}::uuid[]) and (
          case when status in ('submitting', 'rejected', 'refunded') then false
            when status = 'unconfirmed' then next_poll_at is not null
            else supplier_order_id is not null end)),
      waiting as materialized (
        select o.id from orders o join known on known.id = o.id
        where known.is_to_come and not known.is_held and coalesce(o.lease_until < now(), true)
        order by o.id
        for no key update of o skip locked),
      nudged as (
        update orders o set next_poll_at = date_trunc('milliseconds', now()) from waiting where o.id = waiting.id
        returning o.id)
      select known.id::text as id, nudged.id is not null as "isNudged"
      from known left join nudged on nudged.id = known.id
      where known.is_held or known.is_to_come`;
    const nudged = rows.filter(({ isNudged }) => isNudged);
    if (nudged.length > 0) {
      await notify(tx, ["work", ...nudged.map(({ id }) => `order:${id}` as const)]);
    }
    return rows.filter(({ isNudged }) => !isNudged).map(({ id }) => id);
  });
}
