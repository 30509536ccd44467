import type { Check } from "./types.ts";

/** Clocks of processes differ, and a transaction of ours may take 20 s from its first line to its last. */
const MARGIN = "interval '1 minute'";

/** What an order's end is told as. */
const END = "case o.status when 'rejected' then 'order.failed' else 'order.' || o.status end";

/** Orders that were placed before there were events have none. */
const TOLD = "exists (select 1 from events c where c.order_id = o.id and c.type = 'order.created')";

/** Of I8: an order's end is told of once, and to each endpoint that asked for it then. */
export const TOLD_ONCE = `
  select o.id::text, 'is ' || o.status || ', and was told of so ' || count(e.id) || ' times'
  from scope o left join events e on e.order_id = o.id and e.type = ${END}
  where o.status in ('completed', 'partial', 'cancelled', 'failed', 'rejected', 'refunded') and ${TOLD}
  group by o.id, o.status having count(e.id) <> 1
  union all
  select o.id::text, 'was told of as ' || e.type || ', and is ' || o.status
  from scope o join events e on e.order_id = o.id
  where e.type in ('order.completed', 'order.cancelled', 'order.failed', 'order.refunded') and e.type <> ${END}
    -- Whatever it had come to may be refunded.
    and o.status <> 'refunded'
  union all
  select e.id::text, e.type || ' was not told to endpoint ' || p.id || ', which asked for it'
  from scope o join events e on e.order_id = o.id
  join endpoints p on p.created_at < e.at - ${MARGIN} and p.updated_at < e.at - ${MARGIN}
    and (p.disabled_at is null or p.disabled_at > e.at + ${MARGIN}) and p.deleted_at is null
    and p.events && array[e.type, '*'] and (not e.is_mock or p.includes_mock)
    and (coalesce(cardinality(p.product_ids), 0) = 0 or p.product_ids && e.product_ids)
  where not exists (select 1 from deliveries d where d.event_id = e.id and d.endpoint_id = p.id)
    -- It may have been off at that time.
    and not exists (
      select 1 from audit_entries a
      where a.object_kind = 'endpoint' and a.object_id = p.id::text and a.action = 'endpoint.enabled'
        and a.at > e.at - ${MARGIN})`;

/** Of I4: what is told of an order's codes is stored. */
export const TOLD_STORED = `
  select o.id::text, e.type || ' tells of ' || (item->>'codes') || ' codes of line ' || (item->>'itemId') || ', and '
    || stored.count || ' were stored by then'
  from scope o join events e on e.order_id = o.id and e.type in ('order.completed', 'order.partial')
  cross join lateral jsonb_array_elements(e.data->'items') as items(item)
  cross join lateral (
    select count(*) from codes c
    where c.item_id = (item->>'itemId')::uuid and c.stored_at <= e.at + ${MARGIN}) stored
  where (item->>'codes')::int > stored.count`;

/** Ids begin with the time of their making. */
const OF_LATE = `
  e.id >= (select case when since = '-infinity' then '00000000-0000-0000-0000-000000000000'::uuid else
    (encode(substring(int8send((extract(epoch from since) * 1000)::bigint) from 3), 'hex') || repeat('0', 20))::uuid end from clock)`;

export const EVENT_CHECKS: readonly Check[] = [
  {
    id: "I10",
    title: "Nothing goes unheard in silence: what nobody asked for has a delivery that says so.",
    sql: `
      select e.id::text, e.type || ' of order ' || o.id || ' has no delivery, not even one that says why'
      from scope o join events e on e.order_id = o.id
      where not exists (select 1 from deliveries d where d.event_id = e.id)
      union all
      select e.id::text, e.type || ' of ' || e.subject || ' has no delivery, not even one that says why'
      from events e
      where e.order_id is null and ${OF_LATE}
        and not exists (select 1 from deliveries d where d.event_id = e.id)`,
  },
];
