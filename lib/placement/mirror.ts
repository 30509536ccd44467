/** Every supplier order ever seen, and whose it is. Rows are never deleted. */
import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import { storableAmount } from "#lib/platform/money.ts";
import type { SupplierOrder } from "#lib/suppliers/port.ts";
import { plainNote, type ShownBasket, shownFingerprint } from "./basket.ts";

export type Attribution = "ours" | "foreign" | "predates" | "orphan";

/** What of a supplier order is kept here: never a code. */
export function shownBasket(order: SupplierOrder): ShownBasket {
  return {
    lines: order.items.map(({ productId, quantity, note }) => ({
      productId,
      quantity,
      note: note === null ? null : plainNote(note),
    })),
    currency: order.currency,
    isMock: order.isMock,
  };
}

/**
 * Writes down what an answer or a list showed. What a row says of goods and time stays once known;
 * state and word follow the latest answer; whose it is stays as it was. Answers how many are new.
 */
export async function mirrorOrders(
  tx: Tx,
  core: Pick<Core, "now">,
  supplierId: string,
  orders: SupplierOrder[],
): Promise<number> {
  if (orders.length === 0) return 0;
  // A page may show one order twice while it moves along. Sorted, so that two walks lock alike.
  const byId = new Map(orders.map((order) => [mirrorId(order), toRow(order)]));
  const rows = [...byId.values()].sort((left, right) => (left.id < right.id ? -1 : 1));
  const [result] = await tx.$queryRaw<{ fresh: number }[]>`
    with seen as (
      insert into supplier_orders (supplier_id, supplier_order_id, spelling, state, word, total, currency, is_mock, items,
        fingerprint, created_at, first_seen_at, last_seen_at)
      select ${supplierId}::uuid, r.id, nullif(r.spelling, r.id), r.state, r.word, r.total, r.currency, r.is_mock, r.items, r.fingerprint,
        r.created_at, ${core.now()}, ${core.now()}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(
        id text, spelling text, state text, word text, total numeric, currency text, is_mock boolean, items jsonb,
        fingerprint text, created_at timestamptz)
      on conflict (supplier_id, supplier_order_id) do update set
        state = excluded.state,
        word = excluded.word,
        total = coalesce(excluded.total, supplier_orders.total),
        currency = coalesce(excluded.currency, supplier_orders.currency),
        is_mock = coalesce(excluded.is_mock, supplier_orders.is_mock),
        items = case when excluded.items = '[]' then supplier_orders.items else excluded.items end,
        fingerprint = coalesce(excluded.fingerprint, supplier_orders.fingerprint),
        created_at = coalesce(supplier_orders.created_at, excluded.created_at),
        last_seen_at = greatest(supplier_orders.last_seen_at, excluded.last_seen_at)
      returning xmax = 0 as is_new)
    select count(*) filter (where is_new)::int as fresh from seen`;
  return result?.fresh ?? 0;
}

/** Suppliers may spell their ids in either case. */
export const mirrorId = ({ supplierOrderId }: { supplierOrderId: string }): string =>
  supplierOrderId.toLowerCase();

function toRow(order: SupplierOrder) {
  const basket = shownBasket(order);
  return {
    id: mirrorId(order),
    spelling: order.supplierOrderId,
    state: order.state,
    word: order.word,
    total: order.totalPrice === null ? null : storableAmount(order.totalPrice),
    currency: order.currency,
    is_mock: order.isMock,
    items: basket.lines,
    fingerprint: shownFingerprint(basket),
    created_at: order.createdAt?.toISOString() ?? null,
  };
}

/**
 * Gives a mirrored supplier order to an order of ours, unless it has an owner. Throws `OwnedByAnother`, or the database's unique violation where our order has another
 * supplier order already.
 */
export async function attributeToOrder(
  tx: Tx,
  core: Pick<Core, "now">,
  supplierId: string,
  order: SupplierOrder,
  orderId: string,
  by: string,
): Promise<void> {
  await mirrorOrders(tx, core, supplierId, [order]);
  const given = await tx.supplierOrder.updateMany({
    where: {
      supplierId,
      supplierOrderId: mirrorId(order),
      OR: [{ orderId: null }, { orderId }],
    },
    data: {
      attribution: "ours",
      orderId,
      attributedAt: core.now(),
      attributedBy: by,
      reason: null,
      alertedAt: null,
    },
  });
  if (given.count === 0) throw new OwnedByAnother(mirrorId(order), orderId);
}

/** The supplier order belongs to another order of ours: nothing may be recorded of it here. */
export class OwnedByAnother extends Error {
  constructor(supplierOrderId: string, orderId: string) {
    super(`supplier order ${supplierOrderId} is another's than order ${orderId}`);
    this.name = "OwnedByAnother";
  }
}

/** Says whose a supplier order is; null takes back what was said. */
export async function setAttribution(
  tx: Tx,
  core: Pick<Core, "now">,
  supplierId: string,
  supplierOrderId: string,
  to: {
    attribution: Attribution | null;
    orderId?: string;
    by?: string;
    reason?: string;
  },
): Promise<void> {
  await tx.supplierOrder.update({
    where: {
      supplierId_supplierOrderId: { supplierId, supplierOrderId: supplierOrderId.toLowerCase() },
    },
    data: {
      attribution: to.attribution,
      orderId: to.orderId ?? null,
      attributedAt: to.attribution === null ? null : core.now(),
      attributedBy: to.by ?? null,
      reason: to.reason ?? null,
      alertedAt: null,
    },
  });
}
