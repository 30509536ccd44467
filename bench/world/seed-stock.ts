/** An inventory as years leave it: most codes handed out, some in stock, a few in every other state. */
import { createHash } from "node:crypto";
import type { Client } from "pg";
import { SUPPLIER_ID, timeOrderedId } from "./seed.ts";

/** Shares no factor with what states and dates are dealt out by: each product has some of each. */
export const STOCK_PRODUCTS = 299;
const CODES_AN_ORDER = 5;
/** The ids' times, one a millisecond, lie before now. */
const IDS_FROM = "floor(extract(epoch from now()) * 1000)::bigint - 10000000";
/** Codes that one statement writes. */
const CHUNK = 100_000;

/** The code with this number, as far as looking for it goes. */
export const codeOf = (number: number): string => `bench-code-${number}`;
/** Stands for the keyed one, which the database couldn't compute a million times. */
export const indexOf = (value: string): string => createHash("sha256").update(value).digest("hex");
/** Codes of one order have one customer. */
export const customerOf = (number: number): string => `SHOP-${Math.ceil(number / CODES_AN_ORDER)}`;
export const supplierOrderOf = (number: number): string =>
  `stock-${Math.ceil(number / CODES_AN_ORDER)}`;

/** Codes 1 to `count`, of one account's orders, with the stock's levels; the account is there. */
export async function seedStock(client: Client, count: number): Promise<void> {
  await client.query(
    `insert into stock_products (id, supplier_id, external_id, name, region, low_line, created_at)
     select stock_product_of($1, 'stock_' || n), $1, 'stock_' || n, 'Gift card ' || n,
       case when n % 3 = 0 then 'EU' end, case when n % 50 = 0 then 1000000 end, now()
     from generate_series(1, ${STOCK_PRODUCTS}) n`,
    [SUPPLIER_ID],
  );
  for (let done = 0; done < count; done += CHUNK) {
    await client.query("begin");
    // What is put in here fits together; looking up a million foreign keys would take minutes.
    await client.query("set local session_replication_role = replica");
    await seedOrdersOfStock(client, done, Math.min(CHUNK, count - done));
    await seedCodes(client);
    await client.query("commit");
  }
  await client.query(
    `insert into stock_levels (stock_product_id, state, is_mock, currency, count, cost)
     select stock_product_id, state, is_mock, coalesce(currency, ''), count(*), coalesce(sum(cost), 0)
     from codes group by 1, 2, 3, 4`,
  );
}

async function seedOrdersOfStock(client: Client, done: number, count: number): Promise<void> {
  await client.query(
    `create temp table fresh on commit drop as
     select n, ${timeOrderedId("made.ms + 5 * n")} as id, ${timeOrderedId("made.ms + 5 * n")} as item_id,
       gen_random_uuid() as hand_out_id, now() - make_interval(hours => 24 * 30) as at,
       1 + n % ${STOCK_PRODUCTS} as product
     from generate_series($1::int, $2::int) n,
       (select ${IDS_FROM} as ms) made`,
    [1 + done / CODES_AN_ORDER, Math.ceil((done + count) / CODES_AN_ORDER)],
  );
  await client.query(
    `insert into orders (id, client_ref, supplier_id, supplier_order_id, status, supplier_word, is_mock,
       currency, agreed_total, charged_total, customer_ref, actor_kind, actor_name, correlation_id,
       created_at, status_changed_at, paid_at, finished_at)
     select id, 'stock-' || n, $1, 'stock-' || n, 'completed', 'completed', n % 500 = 0, 'USD', 23.75, 23.75, 'SHOP-' || n,
       'job', 'bench', 'bench-stock', at, at, at, at from fresh`,
    [SUPPLIER_ID],
  );
  await client.query(
    `insert into order_items (id, order_id, position, external_id, product_name, is_service, quantity, unit_price)
     select item_id, id, 0, 'stock_' || product, 'Gift card ' || product, false, ${CODES_AN_ORDER}, 4.75 from fresh`,
  );
  await client.query(
    `insert into hand_outs (id, customer_ref, way, actor_kind, actor_name, created_at)
     select hand_out_id, 'SHOP-' || n, 'link', 'job', 'bench', at from fresh`,
  );
}

/** Every state in turn; one in twenty has an expiry to come, and one order in 500 is a mock. */
async function seedCodes(client: Client): Promise<void> {
  await client.query(
    `insert into codes (id, item_id, order_id, position, stock_product_id, is_mock, sealed, blind_index, mask,
       state, state_changed_at, customer_ref, hand_out_id, cost, currency, expires_at, stored_at)
     select ${timeOrderedId(`${IDS_FROM} + number`)},
       item_id, id, place, stock_product_of($1, 'stock_' || product), n % 500 = 0,
       'v2|bench|nonce|' || md5(number::text) || md5(id::text) || '|tag',
       encode(sha256(convert_to('bench-code-' || number, 'UTF8')), 'hex'), '••••' || right(number::text, 4),
       state::code_state, at, case when state not in ('available', 'withheld', 'expired') then 'SHOP-' || n end,
       case when state in ('handed_out', 'bad', 'replaced') then hand_out_id end, 4.75, 'USD',
       case when number % 20 = 0 then now() + make_interval(days => 1 + number / 100 % 400) end, at
     from (
       select *, case
           when number % 100 < 70 then 'handed_out' when number % 100 < 88 then 'available'
           when number % 100 < 94 then 'reserved' when number % 100 < 96 then 'bad'
           when number % 100 < 98 then 'replaced' when number % 100 < 99 then 'expired'
           else 'withheld' end as state
       from (
         select fresh.*, place, (n - 1) * ${CODES_AN_ORDER} + place + 1 as number
         from fresh, generate_series(0, ${CODES_AN_ORDER - 1}) place) numbered) stated`,
    [SUPPLIER_ID],
  );
}
