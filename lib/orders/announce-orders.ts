import { EVENT_VERSION } from "#lib/events/schemas.ts";
import type { EventType } from "#lib/events/types.ts";
import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import { Prisma } from "#prisma/generated/client.ts";
import type { OrderStatus } from "./lifecycle.ts";

/** What is told of an order's coming to a status; nothing where it is only on its way to the supplier. */
export const EVENT_OF: Record<OrderStatus, EventType | null> = {
  submitting: null,
  awaiting_payment: null,
  unconfirmed: "order.unconfirmed",
  paid: "order.paid",
  processing: "order.processing",
  completed: "order.completed",
  partial: "order.partial",
  cancelled: "order.cancelled",
  failed: "order.failed",
  refunded: "order.refunded",
  // To whoever waits for its codes it makes no difference who refused them.
  rejected: "order.failed",
};

/** Something to be told of an order. `data` is beside what is told of every order. */
export type OrderNews = {
  orderId: string;
  type: EventType;
  data: Record<string, unknown>;
};

const { sql } = Prisma;
const iso = (column: Prisma.Sql) =>
  sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/**
 * Tells of orders within the transaction that made it so: to be called last, since they are told of as they
 * are then. One statement, whatever number of them. The caller holds the orders' row locks.
 */
export async function announceOrders(
  tx: Pick<Tx, "$queryRaw">,
  core: Pick<Core, "newId">,
  news: OrderNews[],
  at: Date,
): Promise<void> {
  if (news.length === 0) return;
  const rows = news.map((one, place) => ({ ...one, id: core.newId(), place }));
  await tx.$queryRaw`
    select announce(jsonb_agg(jsonb_build_object(
      'id', r.id, 'type', r.type, 'version', ${EVENT_VERSION}::int, 'at', ${at}::timestamptz,
      'subject', o.id, 'orderId', o.id, 'isMock', o.is_mock,
      'productIds', coalesce(goods.ids, '[]'),
      'data', r.data || jsonb_build_object(
        'orderId', o.id, 'clientRef', o.client_ref, 'customerRef', o.customer_ref,
        'supplier', s.slug, 'supplierOrderId', o.supplier_order_id, 'status', o.status, 'isMock', o.is_mock,
        'currency', o.currency, 'total', trim_scale(coalesce(o.charged_total, o.agreed_total))::text,
        'items', coalesce(goods.items, '[]'),
        'createdAt', ${iso(sql`o.created_at`)}, 'finishedAt', ${iso(sql`o.finished_at`)})
      ) order by r.place))
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(
      id uuid, place int, type text, "orderId" uuid, data jsonb)
    join orders o on o.id = r."orderId"
    join suppliers s on s.id = o.supplier_id
    cross join lateral (
      select jsonb_agg(stock_product_of(o.supplier_id, i.external_id)) as ids,
        jsonb_agg(jsonb_build_object(
          'itemId', i.id, 'productId', stock_product_of(o.supplier_id, i.external_id),
          'supplierProductId', i.external_id, 'productName', i.product_name, 'quantity', i.quantity,
          'codes', (select count(*) from codes c where c.item_id = i.id)) order by i.position) as items
      from order_items i where i.order_id = o.id) goods`;
}
