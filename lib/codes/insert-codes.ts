import type { Tx } from "#lib/platform/db.ts";

export type NewCode = {
  id: string;
  itemId: string;
  position: number;
  sealed: string;
  blindIndex: string;
  mask: string;
  expiresAt: Date | null;
  withheld: boolean;
};

/** An order whose new codes show values that another place shows too: how many, and an order that has one. */
export type Repeated = { orderId: string; count: number; otherId: string | null };

/**
 * Inserts sealed codes of orders and answers whose values were known before, or are told twice now. Equal
 * values are found by their keyed hash; nothing is opened for it. What a code is and whose, follows from its
 * order: one that was bought for a customer is reserved for him from the start. One statement, since every
 * answer of a supplier passes here.
 */
export async function insertCodes(tx: Tx, codes: NewCode[], storedAt: Date): Promise<Repeated[]> {
  if (codes.length === 0) return [];
  // What a statement inserts, it doesn't see in the table: the new ones are compared among themselves.
  return tx.$queryRaw<Repeated[]>`
    with told as materialized (
      select r.*, o.id as order_id, o.supplier_id, o.is_mock, o.customer_ref, o.currency,
        item.external_id, item.product_name, item.region, item.unit_price,
        stock_product_of(o.supplier_id, item.external_id) as stock_product_id
      from unnest(
        ${codes.map(({ id }) => id)}::uuid[], ${codes.map(({ itemId }) => itemId)}::uuid[],
        ${codes.map(({ position }) => position)}::int[], ${codes.map(({ sealed }) => sealed)}::text[],
        ${codes.map(({ blindIndex }) => blindIndex)}::text[], ${codes.map(({ mask }) => mask)}::text[],
        ${codes.map(({ expiresAt }) => expiresAt?.toISOString() ?? null)}::timestamptz[],
        ${codes.map(({ withheld }) => withheld)}::boolean[])
        as r(id, item_id, position, sealed, blind_index, mask, expires_at, withheld)
      join order_items item on item.id = r.item_id join orders o on o.id = item.order_id),
    products as (
      -- In one order everywhere, so that two who bring the same new products can't wait for each other.
      insert into stock_products (id, supplier_id, external_id, name, region, created_at)
      select distinct on (stock_product_id)
        stock_product_id, supplier_id, external_id, product_name, region, ${storedAt}::timestamptz
      from told order by stock_product_id
      on conflict do nothing),
    fresh as (
      insert into codes (id, item_id, order_id, position, stock_product_id, is_mock, sealed, blind_index, mask,
        state, state_changed_at, customer_ref, cost, currency, expires_at, stored_at)
      select id, item_id, order_id, position, stock_product_id, is_mock, sealed, blind_index, mask,
        (case when withheld then 'withheld' when customer_ref is null then 'available' else 'reserved' end)::code_state,
        ${storedAt}::timestamptz, customer_ref, unit_price, currency, expires_at, ${storedAt}::timestamptz
      from told
      returning id, order_id, blind_index),
    found as (
      select fresh.id, fresh.order_id, other.order_id as other_id from fresh
      join codes other on other.blind_index = fresh.blind_index
      union all
      select fresh.id, fresh.order_id, other.order_id from fresh
      join fresh other on other.blind_index = fresh.blind_index and other.id <> fresh.id)
    select order_id as "orderId", count(distinct id)::int as count, min(other_id::text) as "otherId"
    from found group by order_id`;
}
