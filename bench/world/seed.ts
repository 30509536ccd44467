/** Rows as the engine would have left them, by the thousand, in a few statements. */
import type { Client } from "pg";

export const SUPPLIER_ID = "01900000-0000-7000-8000-000000000001";
/** Calls a minute that no benchmark comes near: the budget is asked, and grants. */
const BOUNDLESS = 6_000_000;
/** Calls in flight that the account allows each contender, the bare loop too. */
export const READS_AT_ONCE = 64;
/** A month: nothing looks for news of such orders. */
const LONG_AGO_SECONDS = 30 * 86_400;

export type AccountFacts = { callsPerMinute?: number; readsAtOnce?: number };

/** The one account, at which creating is known to be free, with its budget full. */
export async function seedAccount(client: Client, facts: AccountFacts = {}): Promise<void> {
  const calls = facts.callsPerMinute ?? BOUNDLESS;
  await client.query(
    `insert into suppliers (id, slug, kind, name, created_at, audited_at)
     values ($1, 'foxreload', 'foxreload', 'FoxReload', now(), now())`,
    [SUPPLIER_ID],
  );
  await client.query(
    `insert into supplier_capabilities (supplier_id, name, value, learnt_from, learnt_at)
     values ($1, 'create_is_free', 'true', 'person', now())`,
    [SUPPLIER_ID],
  );
  await client.query(
    `insert into call_budgets (supplier_id, calls_per_minute, rate, reads_at_once, writes_at_once,
       purchase_tokens, reconcile_tokens, poll_tokens, refresh_tokens, spare_tokens)
     select $1, calls, calls, $3, 4, calls * 0.03, calls * 0.02, calls * 0.04, calls * 0.01, calls * 0.05
     from (select $2::int as calls)`,
    [SUPPLIER_ID, calls, facts.readsAtOnce ?? READS_AT_ONCE],
  );
  // The bench's supplier has no list to sweep.
  await client.query(
    `insert into polling_plans (supplier_id, settings) values ($1, '{"sweep":"off"}')`,
    [SUPPLIER_ID],
  );
  await seedChores(client);
}

/** What an engine does at its very first start, it has done: what is measured is one that has been running. */
async function seedChores(client: Client): Promise<void> {
  await client.query(
    `insert into system_signals (id, key, subject, opened_at, cleared_at)
     select gen_random_uuid(), 'doctor_ran', name, now(), now() from unnest(array['late', 'all']) name`,
  );
  await client.query(
    `insert into balance_samples (id, supplier_id, currency, available, reserved, pending, sampled_at)
     values (gen_random_uuid(), $1, 'USD', 1000, 0, 0, now())`,
    [SUPPLIER_ID],
  );
  await client.query(
    `insert into catalog_walks (id, supplier_id, started_at, position, finished_at)
     values (gen_random_uuid(), $1, now(), '{}', now())`,
    [SUPPLIER_ID],
  );
}

export type OrderFacts = {
  count: number;
  /** Parts these orders from others of the same database. */
  batch: string;
  status: "awaiting_payment" | "processing" | "completed";
  /** Of open ones: due within so many seconds from now, spread evenly; 0: all due now. */
  dueWithinSeconds?: number;
  /** Of open ones: so long ago they were paid. */
  paidSecondsAgo?: number;
  /** Whether each has a row in the mirror and on the timeline too. */
  whole?: boolean;
};

/** As Keyhold's own ids are: random, but in the order of their making. */
export const timeOrderedId = (ms: string): string => `
  overlay(overlay(gen_random_uuid()::text
    placing regexp_replace(lpad(to_hex(${ms}), 12, '0'), '(.{8})(.{4})', '\\1-\\2') from 1 for 13)
    placing '7' from 15 for 1)::uuid`;

/** Orders of one item each; completed ones have their code. */
export async function seedOrders(client: Client, facts: OrderFacts): Promise<void> {
  const { count, batch, status, dueWithinSeconds = 0, paidSecondsAgo = 20, whole = true } = facts;
  const isOpen = status !== "completed";
  await client.query("begin");
  // What is put in here fits together; looking up a million foreign keys would take minutes.
  await client.query("set local session_replication_role = replica");
  await client.query(
    `create temp table fresh on commit drop as
     select n, ${timeOrderedId("made.ms + n")} as id, ${timeOrderedId("made.ms + n")} as item_id,
       now() - make_interval(secs => $2) as paid_at
     from generate_series(1, $1::int) n,
       (select floor(extract(epoch from now()) * 1000)::bigint as ms) made`,
    [count, isOpen ? paidSecondsAgo : LONG_AGO_SECONDS],
  );
  await client.query(
    `insert into orders (id, client_ref, supplier_id, supplier_order_id, status, supplier_word, is_mock,
       fingerprint, currency, agreed_total, charged_total, actor_kind, actor_name, correlation_id,
       created_at, status_changed_at, paid_at, finished_at, next_poll_at)
     select id, 'bench-' || $2 || '-' || n, $1, id::text, $3::order_status, $3, false,
       md5($2 || n % 1000), 'USD', 4.75, 4.75, 'job', 'bench', 'bench-' || $2,
       paid_at, paid_at, paid_at,
       case when $4::bool then null else paid_at + interval '20 seconds' end,
       case when $4 then now() - interval '1 second' + make_interval(secs => $5::float8 * n / $6::int) end
     from fresh`,
    [SUPPLIER_ID, batch, status, isOpen, dueWithinSeconds, count],
  );
  await client.query(
    `insert into order_items (id, order_id, position, external_id, product_name, is_service, quantity, unit_price)
     select item_id, id, 0, 'product_bench', 'Gift card 5 USD', false, 1, 4.75 from fresh`,
  );
  if (!isOpen) {
    await client.query(
      `insert into stock_products (id, supplier_id, external_id, name, created_at)
       values (stock_product_of($1, 'product_bench'), $1, 'product_bench', 'Gift card 5 USD', now())
       on conflict do nothing`,
      [SUPPLIER_ID],
    );
    await client.query(
      `insert into codes (id, item_id, order_id, position, stock_product_id, is_mock, sealed, blind_index, mask,
         state, state_changed_at, cost, currency, stored_at)
       select id, item_id, id, 0, stock_product_of($1, 'product_bench'), false,
         'v1|old|nonce|' || md5(id::text) || '|tag', md5(id::text), '****', 'available', paid_at, 4.75, 'USD', paid_at
       from fresh`,
      [SUPPLIER_ID],
    );
  }
  if (whole) await seedHistory(client);
  await client.query("commit");
}

const moved = (from: string, to: string) => ({ kind: "status_changed", data: { from, to } });
const happened = (kind: string) => ({ kind, data: {} });
const HISTORY = [
  happened("placed"),
  happened("create_sent"),
  happened("create_accepted"),
  moved("submitting", "awaiting_payment"),
  happened("pay_sent"),
  happened("pay_accepted"),
  moved("awaiting_payment", "paid"),
  moved("paid", "processing"),
];

/** What placing and paying left: two attempts, their lines of timeline, the mirror's row. */
async function seedHistory(client: Client): Promise<void> {
  await client.query(
    `insert into order_attempts (id, order_id, kind, started_at, finished_at, outcome, first_byte_at)
     select gen_random_uuid(), id, kind, paid_at, paid_at, 'accepted', paid_at
     from fresh, unnest(array['create', 'pay']) kind`,
  );
  await client.query(
    `insert into timeline_entries (id, order_id, at, kind, data)
     select gen_random_uuid(), id, paid_at, kind, data
     from fresh, jsonb_to_recordset($1::jsonb) as history(kind text, data jsonb)`,
    [JSON.stringify(HISTORY)],
  );
  await client.query(
    `insert into supplier_orders (supplier_id, supplier_order_id, state, word, total, currency, is_mock, items,
       fingerprint, created_at, first_seen_at, last_seen_at, attribution, order_id, attributed_at, attributed_by)
     select $1, id::text, 'processing', 'processing', 4.75, 'USD', false,
       '[{"productId":"product_bench","quantity":1,"note":null}]', md5(id::text), paid_at, paid_at, paid_at,
       'ours', id, paid_at, 'answer'
     from fresh`,
    [SUPPLIER_ID],
  );
}

/** Statistics as a database has them that has been in use. */
export const settle = (client: Client) => client.query("vacuum analyze");

/** Throws unless every one of `count` orders of the batch has ended with its code. */
export async function checkWork(client: Client, batch: string, count: number): Promise<void> {
  const { rows } = await client.query<{ completed: number; codes: number }>(
    `select count(*) filter (where o.status = 'completed')::int as completed,
       count(c.id)::int as codes
     from orders o join order_items i on i.order_id = o.id left join codes c on c.item_id = i.id
     where o.client_ref like 'bench-' || $1 || '-%'`,
    [batch],
  );
  const { completed = 0, codes = 0 } = rows[0] ?? {};
  if (completed !== count || codes !== count) {
    throw new Error(`Of ${count} orders ${completed} are completed, with ${codes} codes.`);
  }
}
