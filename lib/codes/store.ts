/** The SQL that locks and picks codes. Private to this room. */
import type { Tx } from "#lib/platform/db.ts";
import { Prisma } from "#prisma/generated/client.ts";
import type { CodeState } from "./lifecycle.ts";

const { sql } = Prisma;

/** Choices of one who takes alone; each fails only where others took just these meanwhile. */
const MOST_ROUNDS = 5;

export type LockedCode = {
  id: string;
  position: number;
  mask: string;
  blindIndex: string;
  sealed: string;
  state: CodeState;
  stockProductId: string;
  orderId: string | null;
  itemId: string | null;
  /** The item's place in its order. */
  item: number | null;
  importId: string | null;
  isMock: boolean;
  customerRef: string | null;
  handOutId: string | null;
  expiresAt: Date | null;
  storedAt: Date;
};

const COLUMNS = sql`c.id, c.position, c.mask, c.blind_index as "blindIndex", c.sealed, c.state::text as state,
  c.stock_product_id as "stockProductId", c.order_id as "orderId", c.item_id as "itemId",
  (select i.position from order_items i where i.id = c.item_id) as item, c.import_id as "importId",
  c.is_mock as "isMock", c.customer_ref as "customerRef", c.hand_out_id as "handOutId", c.expires_at as "expiresAt",
  c.stored_at as "storedAt"`;

/** Waits for whoever has them; always in the same order, so that two can't wait for each other. */
export function lockCodes(tx: Tx, ids: readonly string[]): Promise<LockedCode[]> {
  return tx.$queryRaw<LockedCode[]>`
    select ${COLUMNS} from codes c where c.id = any(${ids}::uuid[]) order by c.id for no key update`;
}

/**
 * What a shop may be shown of its own order: what is still there for it, and what was handed out to the customer whom
 * it named. Anything else is with somebody else already, or no good.
 */
export const openToShop = (now: Date) => sql`(
    (c.expires_at is null or c.expires_at > ${now} or c.state = 'handed_out')
    and (c.state = 'available' or c.state in ('reserved', 'handed_out')
      and c.customer_ref = (select o.customer_ref from orders o where o.id = c.order_id)))`;

/** Of these, what may be shown to a shop when nobody has them in hand any more. */
export function lockOpenToShop(tx: Tx, ids: readonly string[], now: Date): Promise<LockedCode[]> {
  return tx.$queryRaw<LockedCode[]>`
    select ${COLUMNS} from codes c where c.id = any(${ids}::uuid[]) and ${openToShop(now)}
    order by c.id for no key update of c`;
}

/** What came with an order and may be given to this customer; first what is reserved for him. */
export function lockCodesOfOrder(
  tx: Tx,
  orderId: string,
  customerRef: string,
  now: Date,
  limit: number,
): Promise<LockedCode[]> {
  const may = sql`c.order_id = ${orderId}::uuid and (c.expires_at is null or c.expires_at > ${now})
    and (c.state = 'available' or c.state = 'reserved' and c.customer_ref = ${customerRef})`;
  return tx.$queryRaw<LockedCode[]>`
    with chosen as materialized (
      select c.id from codes c where ${may} order by c.state desc, c.id limit ${limit})
    select ${COLUMNS} from codes c
    where c.id in (select id from chosen) and ${may} order by c.id for no key update`;
}

/**
 * Those who take from a product's stock `beside` each other skip what somebody has in hand, and may find too
 * little although it is given back. Who takes `alone` waits until none of them has anything in hand, in the
 * order of asking, and then for whoever else has: another verb, or the turn of the keys.
 */
export type Taking = "beside" | "alone";

/** The next ones in stock, locked: what expires first goes first, then the oldest. Fewer where there are fewer. */
export async function takeNext(
  tx: Tx,
  stockProductId: string,
  quantity: number,
  now: Date,
  taking: Taking,
): Promise<LockedCode[]> {
  const key = sql`hashtextextended(${`stock ${stockProductId}`}, 0)`;
  // What somebody has seen may be with a customer already: it is handed out by name only.
  const next = sql`c.stock_product_id = ${stockProductId}::uuid and c.state = 'available' and not c.is_mock
    and c.revealed_at is null and (c.expires_at is null or c.expires_at > ${now})`;
  if (taking === "beside") {
    await tx.$executeRaw`select pg_advisory_xact_lock_shared(${key})`;
    return tx.$queryRaw<LockedCode[]>`
      select ${COLUMNS} from codes c where ${next}
      order by c.expires_at, c.id limit ${quantity} for no key update skip locked`;
  }
  await tx.$executeRaw`select pg_advisory_xact_lock(${key})`;
  const taken: LockedCode[] = [];
  // Chosen first and locked in the order of all others: while waiting, some may go elsewhere.
  for (let round = 0; round < MOST_ROUNDS && taken.length < quantity; round++) {
    const found = await tx.$queryRaw<{ id: string }[]>`
      select c.id::text from codes c
      where ${next} and c.id <> all(${taken.map(({ id }) => id)}::uuid[])
      order by c.expires_at, c.id limit ${quantity - taken.length}`;
    if (found.length === 0) break;
    const locked = await lockCodes(
      tx,
      found.map(({ id }) => id),
    );
    taken.push(...locked.filter(({ state }) => state === "available"));
  }
  return taken;
}
