import type { Tx } from "#lib/platform/db.ts";

export type NewCode = {
  id: string;
  itemId: string;
  position: number;
  sealed: string;
  blindIndex: string;
  mask: string;
  withheld: boolean;
};

/** An order whose new codes show values that another place shows too: how many, and an order that has one. */
export type Repeated = { orderId: string; count: number; otherId: string };

/**
 * Inserts sealed codes and answers whose values were known before, or are told twice now. Equal values are
 * found by their keyed hash; nothing is opened for it.
 */
export async function insertCodes(tx: Tx, codes: NewCode[], storedAt: Date): Promise<Repeated[]> {
  if (codes.length === 0) return [];
  // What a statement inserts, it doesn't see in the table: the new ones are compared among themselves.
  return tx.$queryRaw<Repeated[]>`
    with fresh as (
      insert into codes (id, item_id, position, sealed, blind_index, mask, withheld, stored_at)
      select r.*, ${storedAt}::timestamptz from unnest(
        ${codes.map(({ id }) => id)}::uuid[], ${codes.map(({ itemId }) => itemId)}::uuid[],
        ${codes.map(({ position }) => position)}::int[], ${codes.map(({ sealed }) => sealed)}::text[],
        ${codes.map(({ blindIndex }) => blindIndex)}::text[], ${codes.map(({ mask }) => mask)}::text[],
        ${codes.map(({ withheld }) => withheld)}::boolean[]) r
      returning id, item_id, blind_index),
    mine as (
      select fresh.id, fresh.blind_index, item.order_id from fresh join order_items item on item.id = fresh.item_id),
    found as (
      select mine.id, mine.order_id, item.order_id as other_id from mine
      join codes other on other.blind_index = mine.blind_index
      join order_items item on item.id = other.item_id
      union all
      select mine.id, mine.order_id, other.order_id from mine
      join mine other on other.blind_index = mine.blind_index and other.id <> mine.id)
    select order_id as "orderId", count(distinct id)::int as count, min(other_id::text) as "otherId"
    from found group by order_id`;
}
