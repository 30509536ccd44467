import type { Core } from "#lib/platform/core.ts";

/** Far more than are ever open at one account that tells by a socket; the rest are looked at. */
const MOST_FOLLOWED = 5_000;

/** Ids of ours by those of the supplier. */
export type FollowedOrders = ReadonlyMap<string, string>;

/** The orders of which a supplier has more to tell: those that exist there and aren't over. */
export async function readFollowedOrders(
  { db }: Pick<Core, "db">,
  supplierId: string,
): Promise<FollowedOrders> {
  const open = await db.$queryRaw<{ id: string; supplierOrderId: string }[]>`
    select id::text as id, supplier_order_id as "supplierOrderId" from orders
    where supplier_id = ${supplierId}::uuid and supplier_order_id is not null
      and status in ('awaiting_payment', 'paid', 'processing')
    order by next_poll_at limit ${MOST_FOLLOWED}`;
  return new Map(open.map(({ id, supplierOrderId }) => [supplierOrderId, id]));
}
