import type { Core } from "#lib/platform/core.ts";
import { LEAST_SAMPLES } from "#lib/polling/look-schedule.ts";
import { QUANTILE_STEPS } from "#lib/polling/quantiles.ts";
import {
  LEARN_EVERY_MS,
  LEARN_FROM_DAYS,
  LEARN_MOST_ORDERS,
  LEARN_MOST_SAMPLES,
} from "./sweep-schedule.ts";

const STEPS = Array.from({ length: QUANTILE_STEPS + 1 }, (_, step) => step / QUANTILE_STEPS);

/**
 * Learns how long each product's orders take, from the newest that were completed. Only orders of one
 * product teach anything of it, and mock orders nothing. Does nothing where somebody has just learnt.
 * @returns of how many products
 */
export async function learnCurves(
  { db, now }: Pick<Core, "db" | "now">,
  supplierId: string,
): Promise<number> {
  const at = now();
  const newest = await db.productCurve.aggregate({
    where: { supplierId },
    _max: { learntAt: true },
  });
  const learntAt = newest._max.learntAt;
  if (learntAt !== null && at.getTime() - learntAt.getTime() < LEARN_EVERY_MS / 2) return 0;
  return db.$executeRaw`
    with recent as (
      select o.id, o.took_ms, o.finished_at from orders o
      where o.supplier_id = ${supplierId}::uuid and o.took_ms is not null and not o.is_mock
        and o.finished_at > ${at}::timestamptz - make_interval(days => ${LEARN_FROM_DAYS}::int)
      order by o.finished_at desc
      limit ${LEARN_MOST_ORDERS}::int),
    taught as (
      select goods.external_id, recent.took_ms,
        row_number() over (partition by goods.external_id order by recent.finished_at desc) as nth
      from recent cross join lateral (
        select min(i.external_id) as external_id from order_items i
        where i.order_id = recent.id having count(distinct i.external_id) = 1) goods)
    insert into product_curves (supplier_id, external_id, samples, quantiles, learnt_at)
    select ${supplierId}::uuid, external_id, count(*)::int,
      (percentile_cont(${STEPS}::float8[]) within group (order by took_ms))::int[], ${at}
    from taught where nth <= ${LEARN_MOST_SAMPLES}::int
    group by external_id having count(*) >= ${LEAST_SAMPLES}::int
    on conflict (supplier_id, external_id) do update
    set samples = excluded.samples, quantiles = excluded.quantiles, learnt_at = excluded.learnt_at`;
}
