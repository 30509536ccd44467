/** A shop's past as the console has to read it: a year's orders, what they were told of, and what went wrong. */
import type { Client } from "pg";
import { SUPPLIER_ID } from "./seed.ts";

export type TriageScale = { orders: number; alerts: number };

/** Rows that one statement writes. */
const CHUNK = 100_000;
/** So long the shop has been at it. */
export const SECONDS_BACK = 60 * 86_400;
export const PRODUCTS = 200;
/** Of a hundred orders, the newest are still open; of a hundred alerts, the newest aren't resolved. */
const OPEN_PERCENT = 1;
const UNRESOLVED_PERCENT = 30;
const PEOPLE = 20;
/** The second account, which nobody asks anything of. */
export const OTHER_SLUG = "other";
const OTHER_ID = "01900000-0000-7000-8000-000000000002";
export const personId = (number: number): string =>
  `01900000-0000-7000-8000-0000000001${number.toString(16).padStart(2, "0")}`;

/** The account is there; ends with what the engine would have learnt. */
export async function seedTriage(client: Client, scale: TriageScale): Promise<void> {
  await seedSurroundings(client);
  await inChunks(client, scale.orders, (from, to) => seedPastOrders(client, from, to, scale));
  await inChunks(client, scale.alerts, (from, to) => seedAlerts(client, from, to, scale));
}

async function inChunks(
  client: Client,
  count: number,
  work: (from: number, to: number) => Promise<void>,
): Promise<void> {
  for (let done = 0; done < count; done += CHUNK) {
    await client.query("begin");
    // What is put in here fits together; looking up a million foreign keys would take minutes.
    await client.query("set local session_replication_role = replica");
    await work(done + 1, Math.min(done + CHUNK, count));
    await client.query("commit");
  }
}

async function seedSurroundings(client: Client): Promise<void> {
  await client.query(
    `insert into suppliers (id, slug, kind, name, created_at, last_ok_at)
     values ($1, '${OTHER_SLUG}', 'foxreload', 'Other account', now(), now())`,
    [OTHER_ID],
  );
  await client.query(
    `insert into users (id, email, name, role, password_hash)
     select ('01900000-0000-7000-8000-0000000001' || lpad(to_hex(n), 2, '0'))::uuid, 'person' || n || '@keyhold.example',
       'Person ' || n, 'operator', 'nobody''s'
     from generate_series(1, ${PEOPLE}) n`,
  );
  await client.query(
    `insert into products (id, supplier_id, external_id, category_name, name, price, currency, seen_at)
     select gen_random_uuid(), $1, 'product_' || n, 'Gift cards', 'Gift card ' || n, 4.75, 'USD', now()
     from generate_series(1, ${PRODUCTS}) n`,
    [SUPPLIER_ID],
  );
  await client.query(
    `insert into product_curves (supplier_id, external_id, samples, quantiles, learnt_at)
     select $1, 'product_' || n, 200 + n, (select array_agg(10000 + 2000 * step order by step) from generate_series(0, 32) step), now()
     from generate_series(1, ${PRODUCTS}) n`,
    [SUPPLIER_ID],
  );
  await client.query(
    `insert into call_counts (supplier_id, minute, what, outcome, calls)
     select $1, date_trunc('minute', now()) - make_interval(mins => n), what, outcome, 20
     from generate_series(0, 1440) n, unnest(array['look', 'create', 'pay']) what, unnest(array['accepted', 'failed']) outcome`,
    [SUPPLIER_ID],
  );
  await client.query(
    `insert into endpoints (id, name, channel, config, events, retry_plan_ms, created_at, created_by, updated_at)
     values ('01900000-0000-7000-8000-000000000003', 'Shop', 'webhook', '{"url":"http://127.0.0.1:9/","headers":[]}',
       array['*'], array[5000], now(), 'bench', now())`,
  );
}

/** The newest are open, spread over the states, and a few of these have stood still; each is told of once. */
async function seedPastOrders(
  client: Client,
  from: number,
  to: number,
  { orders }: TriageScale,
): Promise<void> {
  await client.query(
    `create temp table fresh on commit drop as
     select n, time_ordered_id(at) as id, at, 1 + n % ${PRODUCTS} as product, status, supplier_id,
       status in ('completed', 'partial', 'cancelled', 'failed', 'rejected') as is_over, n % 211 = 0 as is_mock
     from (
       select n, now() - make_interval(secs => $3::float8 * ($4::int - n) / $4::int) as at,
         case when n % 10 = 0 then $5::uuid else $6::uuid end as supplier_id,
         (case when n > $4::int * (1 - ${OPEN_PERCENT} / 100.0)
           then (array['processing', 'paid', 'awaiting_payment', 'unconfirmed', 'submitting'])[1 + n % 7 % 5]
           else (array['partial', 'failed', 'cancelled', 'rejected', 'completed'])[least(5, 1 + n % 50)] end)::order_status as status
       from generate_series($1::int, $2::int) n) made`,
    [from, to, SECONDS_BACK, orders, OTHER_ID, SUPPLIER_ID],
  );
  await client.query(
    `insert into orders (id, client_ref, supplier_id, supplier_order_id, status, supplier_word, rejection, is_mock,
       fingerprint, currency, agreed_total, charged_total, customer_ref, actor_kind, actor_name, correlation_id,
       created_at, status_changed_at, paid_at, finished_at, took_ms, next_poll_at)
     select id, 'triage-' || n, supplier_id, case when status not in ('submitting', 'unconfirmed', 'rejected') then id::text end,
       status, status::text, case when status = 'rejected' then '{"class":"invalid","code":null,"detail":"no"}'::jsonb end, is_mock,
       md5((n % 5000)::text), case when n % 5 = 0 then 'EUR' else 'USD' end, 4.75, 4.75, 'SHOP-' || n, 'job', 'bench', 'triage',
       at, case when is_over or n % 20 = 0 then at else greatest(at, now() - interval '5 minutes') end,
       case when status in ('paid', 'processing', 'completed', 'partial', 'cancelled', 'failed') then at + interval '5 seconds' end,
       case when is_over then at + interval '30 seconds' end, case when status = 'completed' then 25000 end,
       case when status in ('submitting', 'awaiting_payment', 'paid', 'processing') then now() + interval '1 minute' end
     from fresh`,
  );
  await client.query(
    `insert into order_items (id, order_id, position, external_id, product_name, is_service, quantity, unit_price)
     select gen_random_uuid(), id, 0, 'product_' || product, 'Gift card ' || product, false, 1, 4.75 from fresh`,
  );
  await client.query(
    `insert into deliveries (id, event_id, endpoint_id, event_type, order_id, sequence, is_mock, state, reason, tries,
       next_attempt_at, created_at, finished_at)
     select time_ordered_id(at), gen_random_uuid(), '01900000-0000-7000-8000-000000000003', 'order.completed', id, 1, is_mock,
       state::delivery_state, case when state = 'failed' then 'connect' end, 1,
       case when state = 'pending' then now() + interval '1 minute' end, at, case when state <> 'pending' then at end
     from (select *, case when n > $1::int - 500 then 'pending' when n % 100 = 0 then 'failed' else 'success' end as state
           from fresh) told`,
    [orders],
  );
}

/** Of single orders, a few of them groups; each with its signal and two lines of history. */
async function seedAlerts(
  client: Client,
  from: number,
  to: number,
  { orders, alerts }: TriageScale,
): Promise<void> {
  await client.query(
    `create temp table raised on commit drop as
     select a.*, o.id as order_id, o.supplier_id, o.is_mock, o.created_at + interval '10 minutes' as at, time_ordered_id(o.created_at + interval '10 minutes') as id,
       gen_random_uuid() as signal_id
     from (
       select n, (array['stalled', 'slow', 'order_failed', 'partial', 'delivery_failed', 'unconfirmed', 'codes_short', 'pay_refused',
           'payment_expiring', 'cancelled_after_payment'])[1 + n % 10] as kind,
         (array['warning', 'info', 'warning', 'warning', 'warning', 'critical', 'warning', 'critical', 'warning', 'critical'])[1 + n % 10]::alert_severity as severity,
         (case when n <= $3::int * (1 - ${UNRESOLVED_PERCENT} / 100.0) then 'resolved'
           else (array['open', 'open', 'open', 'open', 'open', 'acknowledged', 'snoozed'])[1 + n % 7] end)::alert_state as state,
         case when n % 4 = 0 then 1 + n % ${PEOPLE} end as person
       from generate_series($1::int, $2::int) n) a
     join orders o on o.client_ref = 'triage-' || ($4::int - ($3::int - a.n) * ($4::int / $3::int / 2))`,
    [from, to, alerts, orders],
  );
  await client.query(
    `insert into alerts (id, kind, subject, severity, state, order_id, supplier_id, is_mock, opened_at, last_at, changed_at,
       occurrences, standing, acknowledged_until, snoozed_until, snoozed_severity, snoozed_occurrences, assignee_id, assignee_name,
       resolved_at, resolution, resolved_by, resolve_reason, goods)
     select id, kind, order_id::text, severity, state, order_id, supplier_id, is_mock, at, at, at,
       1, case when state = 'resolved' then 0 else 1 end,
       case when state = 'acknowledged' then now() + interval '30 minutes' end,
       case when state = 'snoozed' then now() + interval '4 hours' end, case when state = 'snoozed' then severity end, case when state = 'snoozed' then 1 end,
       case when person is not null then ('01900000-0000-7000-8000-0000000001' || lpad(to_hex(person), 2, '0'))::uuid end,
       case when person is not null then 'Person ' || person end,
       case when state = 'resolved' then at + interval '20 minutes' end,
       case when state = 'resolved' then (case when n % 3 = 0 then 'person' else 'cleared' end) end,
       case when state = 'resolved' and n % 3 = 0 then 'Person 1' end, case when state = 'resolved' and n % 3 = 0 then 'Dealt with' end,
       (select lower(product_name) from order_items i where i.order_id = raised.order_id)
     from raised`,
  );
  await client.query(
    `insert into order_signals (id, order_id, key, opened_at, cleared_at, alert_id, is_settled)
     select signal_id, order_id, kind, at, case when state = 'resolved' then at + interval '20 minutes' end, id, state = 'resolved'
     from raised`,
  );
  await client.query(
    `insert into alert_entries (id, alert_id, at, kind, actor_name, note)
     select time_ordered_id(at), id, at, 'opened', null, null from raised
     union all
     select time_ordered_id(at + interval '20 minutes'), id, at + interval '20 minutes',
       case state when 'resolved' then 'resolved' when 'open' then 'noted' else state::text end,
       case when state = 'resolved' and n % 3 <> 0 then null else 'Person 1' end, case when state = 'open' then 'Asked support' end
     from raised`,
  );
}
