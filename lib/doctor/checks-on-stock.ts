import { missingTriggers } from "./guards.ts";
import type { Check } from "./types.ts";

/** States of codes that can still be given to somebody, as `lib/codes/lifecycle.ts` has them. */
export const STOCKED = "('available', 'reserved')";

/** Products whose codes are counted at a time, unless all are. */
const SAMPLED = 5;

export const STOCK_CHECKS: readonly Check[] = [
  {
    id: "I23",
    title: "A code has one customer at most, and the audit log knows who gave it to him.",
    sql: `
      select c.id::text, 'audit entry ' || e.seq || ' hands it out by ' || coalesce(e.details->>'handOutId', '?')
        || ', and it was handed out by ' || coalesce(c.hand_out_id::text, 'nothing')
      from clock join audit_entries e on e.at >= clock.since
      join codes c on c.id = case when e.object_id ~ '^[0-9a-f-]{36}$' then e.object_id::uuid end
      where e.action = 'code.handed_out' and c.hand_out_id::text is distinct from e.details->>'handOutId'
      union all
      select c.id::text, 'is ' || c.state || ' to ' || coalesce(c.customer_ref, 'nobody') || ', and was handed out to '
        || coalesce(h.customer_ref, 'nobody')
      from clock join codes c on clock.since = '-infinity'
      left join hand_outs h on h.id = c.hand_out_id
      where (c.state = 'handed_out' or c.hand_out_id is not null) and h.customer_ref is distinct from c.customer_ref
      union all
      select c.id::text, 'was handed out, and the audit log does not say by whom'
      from clock join codes c on clock.since = '-infinity' and c.hand_out_id is not null
      where not exists (
        select 1 from audit_entries e
        where e.object_kind = 'code' and e.object_id = c.id::text and e.action = 'code.handed_out')
      union all
      select c.id::text, 'is replaced by ' || count(other.id) || ' codes'
      from clock join codes c on clock.since = '-infinity' and c.state = 'replaced'
      left join codes other on other.replaces_id = c.id
      group by c.id having count(other.id) <> 1
      union all ${missingTriggers("codes_moves")}`,
  },
  {
    id: "I24",
    title: "The stock is what is said of it: its levels are the codes that are there.",
    sql: `
      with picked as (
        select p.id from stock_products p, clock
        order by md5(p.id::text || date_trunc('minute', clock.now))
        limit (select case when since = '-infinity' then null else ${SAMPLED} end from clock)),
      told as (
        select stock_product_id, state, is_mock, currency, sum(count) as count, sum(cost) as cost
        from (
          select stock_product_id, state, is_mock, currency, count, cost from stock_levels
          union all
          select stock_product_id, state, is_mock, currency, count, cost from stock_changes) noted
        where stock_product_id in (select id from picked) group by 1, 2, 3, 4),
      counted as (
        select stock_product_id, state, is_mock, coalesce(currency, '') as currency, count(*) as count,
          coalesce(sum(cost), 0) as cost
        from codes where stock_product_id in (select id from picked) group by 1, 2, 3, 4)
      select stock_product_id::text, 'is said to have ' || coalesce(told.count, 0) || case when is_mock then ' mock' else '' end
        || ' codes ' || state || ' at ' || coalesce(told.cost, 0) || ' ' || currency || ', and ' || coalesce(counted.count, 0)
        || ' at ' || coalesce(counted.cost, 0) || ' are there'
      from told full join counted using (stock_product_id, state, is_mock, currency)
      where coalesce(told.count, 0) <> coalesce(counted.count, 0) or coalesce(told.cost, 0) <> coalesce(counted.cost, 0)
      union all ${missingTriggers("codes_count_new", "codes_count_moved")}`,
  },
];
