/** Open orders as paying left them, for benchmarks of when they are looked at. */
import type { Client } from "pg";
import { SUPPLIER_ID, seedAccount } from "./seed.ts";

/** An account with a real budget, whose list may be swept. */
export async function seedLimitedAccount(client: Client, callsPerMinute: number): Promise<void> {
  await seedAccount(client, { callsPerMinute, readsAtOnce: 8 });
  await client.query("update polling_plans set settings = '{}'");
}

/** One order that has just been paid; its first look is left to the sweeps where there are any. */
export async function seedPaidNow(client: Client, supplierOrderId: string): Promise<void> {
  await client.query(
    `with fresh as (
       insert into orders (id, client_ref, supplier_id, supplier_order_id, status, supplier_word, is_mock,
         currency, agreed_total, charged_total, actor_kind, actor_name, correlation_id,
         created_at, status_changed_at, paid_at, next_poll_at, poll_every_ms)
       select $2::uuid, 'bench-' || $2, $1, $2, 'processing', 'processing', false,
         'USD', 4.75, 4.75, 'job', 'bench', 'bench', now(), now(), now(),
         now() + make_interval(secs => coalesce(3.3 * p.sweep_every_ms / 1000, 3)), 3000
       from polling_plans p
       returning id)
     insert into order_items (id, order_id, position, external_id, product_name, is_service, quantity, unit_price)
     select gen_random_uuid(), id, 0, 'product_bench', 'Gift card 5 USD', false, 1, 4.75 from fresh`,
    [SUPPLIER_ID, supplierOrderId],
  );
}

/** So many orders that have been open for about so long; ids by number, newest first. */
export type Crowd = { count: number; minAgeMs: number; maxAgeMs: number; everyMs: number };

/**
 * Orders that stay open, each due somewhere within its own wait, stretched by `congestion`: as an
 * engine leaves them that has been at it for long. Answers their supplier ids with their ages.
 */
export async function seedCrowd(
  client: Client,
  crowds: readonly Crowd[],
  congestion: number,
): Promise<{ id: string; ageMs: number }[]> {
  const seeded: { id: string; ageMs: number }[] = [];
  for (const { count, minAgeMs, maxAgeMs, everyMs } of crowds) {
    const { rows } = await client.query<{ id: string; ageMs: number }>(
      `with fresh as (
         insert into orders (id, client_ref, supplier_id, supplier_order_id, status, supplier_word, is_mock,
           currency, agreed_total, charged_total, actor_kind, actor_name, correlation_id,
           created_at, status_changed_at, paid_at, last_looked_at, looks, next_poll_at, poll_every_ms)
         select id, 'bench-' || id, $1, id::text, 'processing', 'processing', false,
           'USD', 4.75, 4.75, 'job', 'bench', 'bench', paid, paid, paid,
           now() - make_interval(secs => least(age, at * wait)), 3, now() + make_interval(secs => (1 - at) * wait), $5::int
         from (
           select gen_random_uuid() as id, now() - make_interval(secs => age) as paid, age,
             random() as at, $5::float8 / 1000 * $6::float8 as wait
           from (
             select ($3::float8 + ($4::float8 - $3) * n / $2) / 1000 as age
             from generate_series(1, $2::int) n) ages) orders
         returning id, extract(epoch from now() - paid_at)::float8 * 1000 as "ageMs"),
       items as (
         insert into order_items (id, order_id, position, external_id, product_name, is_service, quantity, unit_price)
         select gen_random_uuid(), id, 0, 'product_bench', 'Gift card 5 USD', false, 1, 4.75 from fresh)
       select id, "ageMs" from fresh`,
      [SUPPLIER_ID, count, minAgeMs, maxAgeMs, everyMs, congestion],
    );
    seeded.push(...rows);
  }
  return seeded.toSorted((left, right) => left.ageMs - right.ageMs);
}

/** The product's times from payment to completion, as though learnt from its past orders. */
export async function seedCurve(client: Client, quantiles: readonly number[]): Promise<void> {
  await client.query(
    `insert into product_curves (supplier_id, external_id, samples, quantiles, learnt_at)
     values ($1, 'product_bench', 500, $2, now())`,
    [SUPPLIER_ID, quantiles],
  );
}
