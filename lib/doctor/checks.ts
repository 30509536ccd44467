/**
 * The invariants as SQL over the live database. Each statement answers (subject, detail) for what
 * violates it and nothing where it holds. It stands on two relations that `run-doctor.ts` puts before
 * it: `clock` (now, since), and `scope`, the orders that are looked at: all of them, or those of late.
 *
 * An invariant is about every order, so with all of them in scope tables are read from end to end, and
 * no index could spare that. With the orders of late, everything is reached from them by an index.
 */
import { BALANCE_REMAINDER } from "./balance-remainder.ts";
import { ALERT_CHECKS } from "./checks-on-alerts.ts";
import { DELIVERY_CHECKS } from "./checks-on-deliveries.ts";
import { EVENT_CHECKS, TOLD_ONCE, TOLD_STORED } from "./checks-on-events.ts";
import { INBOX_CHECKS } from "./checks-on-inbox.ts";
import { REVEAL_CHECKS } from "./checks-on-reveals.ts";
import { STOCK_CHECKS, STOCKED } from "./checks-on-stock.ts";
import { missingKeys, missingTriggers } from "./guards.ts";
import type { Check } from "./types.ts";

/** Clocks of processes differ, and a transaction of ours may take 20 s from its first line to its last. */
const MARGIN = "interval '1 minute'";
/** For so long a supplier order may be nobody's before somebody has to be told. */
const ALERT_WITHIN = "interval '5 minutes'";

/** The steps of `lib/orders/lifecycle.ts`, skipped ones too; a test holds the two together. */
const FORWARD = `array[${[
  ["submitting", "awaiting_payment paid processing partial completed cancelled failed refunded"],
  ["unconfirmed", "awaiting_payment paid processing partial completed cancelled failed refunded"],
  ["awaiting_payment", "paid processing partial completed cancelled failed refunded"],
  ["paid", "processing partial completed cancelled failed refunded"],
  ["processing", "partial completed cancelled failed refunded"],
  ["partial", "completed refunded"],
  ["completed", "refunded"],
  ["cancelled", "refunded"],
  ["failed", "refunded"],
]
  .flatMap(([from, to = ""]) => to.split(" ").map((each) => `'${from} ${each}'`))
  .join(", ")}]`;

/** States in which a supplier order has cost money. */
const PAID = "('paid', 'processing', 'completed')";

/** Creates whose outcome nobody knows yet; the partial index `order_attempts_unclear` holds just these. */
const UNCLEAR =
  "a.kind = 'create' and a.resolution is null and (a.outcome is null or a.outcome = 'unknown')";

/** That order `o` may be behind supplier order `s`; one that shows too little may be anybody's. */
const MAY_BE =
  "o.supplier_id = s.supplier_id and (o.fingerprint = s.fingerprint or s.fingerprint is null or s.items @? '$[*] ? (@.note == null)')";

export const CHECKS: readonly Check[] = [
  {
    id: "I1",
    title: "An intent never yields two paid supplier orders.",
    sql: `
      select o.id::text, count(*) || ' accepted ' || a.kind || ' attempts'
      from scope o join order_attempts a on a.order_id = o.id
      where a.outcome = 'accepted' group by o.id, a.kind having count(*) > 1
      union all
      select supplier_order_id, 'a left-over of a send of ours is ' || word || ' instead of unpaid'
      from supplier_orders
      where attribution = 'orphan' and state in ${PAID}
      union all
      select distinct o.id::text, 'is ' || o.status || ', and a lost create of it made ' || s.supplier_order_id || ' (' || s.word || ') too, which is nobody''s'
      from scope o
      join order_attempts a on a.order_id = o.id and a.outcome = 'orphaned'
      join timeline_entries t on t.order_id = o.id and t.kind = 'create_orphaned'
      join supplier_orders s on s.supplier_id = o.supplier_id and s.supplier_order_id = lower(t.data->>'supplierOrderId')
      where o.status in ('paid', 'processing', 'completed', 'partial') and s.attribution is null and s.state in ${PAID}
      union all
      select o.id::text, 'has ' || coalesce(o.supplier_order_id, 'none') || ', and ' || s.supplier_order_id || ' (' || s.word || ') too'
      from scope o join supplier_orders s on s.order_id = o.id
      where s.supplier_order_id is distinct from lower(o.supplier_order_id)
        and s.state in ${PAID}
      union all ${missingKeys("order_attempts_one_create")}`,
  },
  {
    id: "I2",
    title: "Two orders of ours never own the same supplier order.",
    sql: `
      select o.id::text, 'owns ' || o.supplier_order_id || ', and so does ' || other.id
      from scope o
      join orders other on other.supplier_id = o.supplier_id and other.supplier_order_id = o.supplier_order_id
      where other.id <> o.id
      union all
      select o.id::text, 'owns ' || s.supplier_order_id || ', which is noted as ' || coalesce('that of ' || s.order_id, s.attribution, 'nobody''s')
      from scope o
      join supplier_orders s on s.supplier_id = o.supplier_id and s.supplier_order_id = lower(o.supplier_order_id)
      where s.order_id is distinct from o.id
      union all ${missingKeys("orders_supplier_id_supplier_order_id_key", "supplier_orders_order_id_key")}`,
  },
  {
    id: "I3",
    title: "Nothing is sent to the supplier without a committed attempt that says so.",
    sql: `
      select o.id::text, 'has supplier order ' || o.supplier_order_id || ' without a create that made it, and was not given it'
      from scope o
      where o.supplier_order_id is not null
        and not exists (
          select 1 from order_attempts a
          where a.order_id = o.id and a.kind = 'create' and (a.outcome = 'accepted' or a.resolution = 'claimed'))
        and not exists (select 1 from timeline_entries t where t.order_id = o.id and t.kind = 'adopted')`,
  },
  {
    id: "I4",
    title: "No code is revealed or told of before the transaction that stores it has committed.",
    sql: `
      select c.id::text, 'was revealed at ' || c.revealed_at || ' and stored at ' || c.stored_at
      from scope o join order_items i on i.order_id = o.id join codes c on c.item_id = i.id
      where c.revealed_at < c.stored_at - ${MARGIN}
      union all
      select e.object_id, 'audit entry ' || e.seq || ' reveals code ' || coalesce(said.code_id, '?') || ', which '
        || case when c.id is null then 'is not stored' else 'was stored later' end
      from clock join audit_entries e on e.at >= clock.since
      -- Before codes had entries of their own, the order had them.
      cross join lateral (
        select case when e.object_kind = 'code' then e.object_id else e.details->>'codeId' end as code_id) said
      left join codes c on c.id = case when said.code_id ~ '^[0-9a-f-]{36}$' then said.code_id::uuid end
      where e.action in ('code.revealed', 'code.pushed') and (c.id is null or e.at < c.stored_at - ${MARGIN})
      union all ${TOLD_STORED}`,
  },
  {
    id: "I5",
    title: "No code is lost: a completed order has all of its codes, each in its place.",
    sql: `
      with stored as (
        select o.id as order_id, i.position, i.quantity, o.status = 'completed' and not i.is_service as is_whole,
          o.status_changed_at, count(c.id) as codes, max(c.position) + 1 as places,
          max(c.stored_at) filter (where c.position < i.quantity) as stored_at
        from scope o join order_items i on i.order_id = o.id left join codes c on c.item_id = i.id
        group by o.id, o.status, o.status_changed_at, i.id),
      told as (
        select o.id as order_id, sum((t.data->>'count')::int) as codes
        from scope o join timeline_entries t on t.order_id = o.id
        where t.kind = 'codes_stored' group by o.id)
      select order_id::text, 'line ' || position + 1 || ' has ' || codes || ' codes of ' || quantity
        || case when places > codes then ', with gaps' else '' end
        || case when stored_at > status_changed_at + ${MARGIN} then ', stored at ' || stored_at || ' only' else '' end
      from stored
      where is_whole and (codes < quantity or places > codes or stored_at > status_changed_at + ${MARGIN})
      union all
      select order_id::text, 'its timeline tells of ' || told.codes || ' stored codes, and ' || coalesce(sum(s.codes), 0) || ' are there'
      from told left join stored s using (order_id)
      group by order_id, told.codes having coalesce(sum(s.codes), 0) < told.codes
      union all
      select c.id::text, 'belongs to no order line'
      from clock join codes c on clock.since = '-infinity'
      where c.import_id is null
        and not exists (select 1 from order_items i where i.id = c.item_id and i.order_id = c.order_id)
      union all ${missingTriggers("codes_kept")}`,
  },
  {
    id: "I6",
    title:
      "A stored code is never overwritten; what its place shows later is kept beside it and told.",
    sql: `
      select k.id::text, 'another value of code ' || k.code_id || ', and order ' || coalesce(i.order_id::text, '(none)') || ' was never told of as changed'
      from code_conflicts k
      left join codes c on c.id = k.code_id left join order_items i on i.id = c.item_id
      where k.blind_index is distinct from c.blind_index
        and not exists (select 1 from order_signals s where s.order_id = i.order_id and s.key = 'code_changed')
      union all ${missingTriggers("codes_unchanged", "code_conflicts_kept")}`,
  },
  {
    id: "I7",
    title: "An order's status only moves forward.",
    sql: `
      select o.id::text, 'went from ' || coalesce(t.data->>'from', '?') || ' to ' || coalesce(t.data->>'to', '?')
      from scope o join timeline_entries t on t.order_id = o.id
      where t.kind = 'status_changed' and ((t.data->>'from') || ' ' || (t.data->>'to') = any(${FORWARD})) is not true
      union all
      select o.id::text, 'is ' || o.status || ', and its timeline does not end there'
      from scope o
      cross join lateral (
        select count(*) filter (where t.data->>'to' = o.status::text) as entered,
          count(*) filter (where t.data->>'from' = o.status::text) as left_again, count(*) as moves
        from timeline_entries t where t.order_id = o.id and t.kind = 'status_changed') t
      where o.status in ('awaiting_payment', 'paid', 'processing') and (t.entered <> 1 or t.left_again > 0)
        or o.status in ('submitting', 'unconfirmed') and t.moves > 0
      union all ${missingTriggers("orders_forward_only", "orders_keep_supplier_order")}`,
  },
  {
    id: "I8",
    title: "A finished order came to its end exactly once, and whoever asked was told so.",
    sql: `
      select o.id::text, 'came to ' || o.status || ' ' || count(t.id) || ' times'
      from scope o
      left join timeline_entries t
        on t.order_id = o.id and t.kind = 'status_changed' and t.data->>'to' = o.status::text
      where o.status in ('completed', 'partial', 'cancelled', 'failed', 'refunded')
      group by o.id, o.status having count(t.id) <> 1
      union all
      select o.id::text, 'is rejected, and its timeline does not say by whom'
      from scope o
      where o.status = 'rejected' and not exists (
        select 1 from timeline_entries t
        where t.order_id = o.id and t.kind in ('create_refused', 'given_up'))
      union all ${TOLD_ONCE}
      union all ${missingKeys("events_once", "events_order_id_sequence_key")}`,
  },
  ...DELIVERY_CHECKS,
  ...EVENT_CHECKS,
  ...ALERT_CHECKS,
  {
    id: "I15",
    title: "The balance goes down by what our orders cost, and by nothing else.",
    sql: BALANCE_REMAINDER,
  },
  {
    id: "I16",
    title: "Every supplier order seen is ours, marked foreign, or alerted.",
    sql: `
      select s.supplier_order_id, 'seen at ' || s.first_seen_at || ', is nobody''s, and nobody was told'
      from clock join supplier_orders s on s.first_seen_at < clock.now - ${ALERT_WITHIN}
      where s.attribution is null and s.alerted_at is null
        and not exists (
          select 1 from order_attempts a join orders o on o.id = a.order_id where ${UNCLEAR} and ${MAY_BE})
        and not exists (
          select 1 from orders o join order_attempts a on a.order_id = o.id
          where o.supplier_id = s.supplier_id and o.fingerprint = s.fingerprint
            and a.resolved_at >= clock.now - ${ALERT_WITHIN})
      union all
      select o.supplier_order_id, 'is that of order ' || o.id || ', and is not noted as seen'
      from scope o
      where o.supplier_order_id is not null and not exists (
        select 1 from supplier_orders s
        where s.supplier_id = o.supplier_id and s.supplier_order_id = lower(o.supplier_order_id))`,
  },
  ...REVEAL_CHECKS,
  {
    id: "I19",
    title:
      "A cancelled, failed or refunded order hands out no code; what came is withheld and flagged.",
    sql: `
      select o.id::text, 'is ' || o.status || ', and ' || count(*) filter (where c.state in ${STOCKED}) || ' of its '
        || count(*) || ' codes can be handed out' || case when s.order_id is null then '; nobody was told' else '' end
      from scope o join codes c on c.order_id = o.id
      left join (select distinct order_id from order_signals where key = 'codes_withheld') s on s.order_id = o.id
      where o.status in ('cancelled', 'failed', 'refunded')
      group by o.id, o.status, s.order_id having bool_or(c.state in ${STOCKED}) or s.order_id is null
      union all
      select o.id::text, 'is ' || o.status || ', and nobody was told that a customer has ' || count(*) || ' of its codes'
      from scope o join codes c on c.order_id = o.id and c.state = 'handed_out'
      where o.status in ('cancelled', 'failed', 'refunded') and not exists (
        select 1 from system_signals s where s.key = 'handed_out_of_failed_order' and s.subject = o.id::text)
      group by o.id, o.status`,
  },
  ...STOCK_CHECKS,
  ...INBOX_CHECKS,
];
