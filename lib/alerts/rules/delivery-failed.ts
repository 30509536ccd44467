import { Prisma } from "#prisma/generated/client.ts";
import { orderRule } from "./order-rule.ts";
import { isUntold, LATELY_MS } from "./untold.ts";

type Facts = {
  /** Events of the order that an endpoint asked for and never got. */
  count: number;
  endpoint: string | null;
  endpointId: string | null;
  deliveryId: string | null;
  at: Date | null;
};

/** Somebody who asked for what became of the order was not told. Pure. */
export function judgeDeliveries({ count, endpoint, endpointId, deliveryId, at }: Facts) {
  if (count === 0) return null;
  return { count, endpoint, endpointId, deliveryId, at: at?.toISOString() ?? null };
}

const untold = isUntold(Prisma.sql`
  select max((g.data->>'at')::timestamptz) from order_signals g
  where g.order_id = d.order_id and g.key = 'delivery_failed' and g.cleared_at is not null`);

export const deliveryFailed = orderRule<Facts>({
  key: "delivery_failed",
  everyMs: 20_000,
  async find({ db }, now, most) {
    const rows = await db.$queryRaw<{ id: string }[]>`
      select d.order_id::text as id from deliveries d
      join endpoints e on e.id = d.endpoint_id and e.deleted_at is null
      where ${untold} and d.order_id is not null
        and d.finished_at > ${new Date(now.getTime() - LATELY_MS)}
        and not exists (
          select from order_signals g
          where g.order_id = d.order_id and g.key = 'delivery_failed' and g.cleared_at is null)
      group by d.order_id order by min(d.finished_at) limit ${most}::int`;
    return rows.map(({ id }) => id);
  },
  async read(db, orderIds) {
    const rows = await db.$queryRaw<(Facts & { id: string })[]>`
      select d.order_id::text as id, count(distinct (d.event_id, d.endpoint_id))::int as count,
        (array_agg(e.name order by d.id desc))[1] as endpoint,
        (array_agg(e.id::text order by d.id desc))[1] as "endpointId",
        (array_agg(d.id::text order by d.id desc))[1] as "deliveryId", max(d.finished_at) as at
      from deliveries d join endpoints e on e.id = d.endpoint_id and e.deleted_at is null
      where d.order_id = any(${orderIds}::uuid[]) and ${untold}
      group by d.order_id`;
    return new Map(rows.map(({ id, ...facts }) => [id, facts]));
  },
  judge: judgeDeliveries,
});
