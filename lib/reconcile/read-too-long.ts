import type { Tx } from "#lib/platform/db.ts";

/**
 * How many pages were searched for an order since it was last sent, where there are more than are ever searched: asking
 * again would come no further. Null where that isn't so.
 */
export async function readTooLong(
  db: Pick<Tx, "$queryRaw">,
  orderId: string,
): Promise<{ pages: number } | null> {
  const [found] = await db.$queryRaw<{ pages: number }[]>`
    select coalesce((t.data->>'pages')::int, 0) as pages
    from timeline_entries t join orders o on o.id = t.order_id
    where t.order_id = ${orderId}::uuid and t.kind = 'search_too_long' and o.status = 'unconfirmed'
      and not exists (
        select from order_attempts a where a.order_id = t.order_id and a.kind = 'create' and a.started_at > t.at)
    order by t.at desc, t.id desc
    limit 1`;
  return found ?? null;
}
