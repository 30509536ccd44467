import { isUuid } from "#lib/platform/ids.ts";
import type { SupplierOrder } from "#lib/suppliers/port.ts";
import type { OrdersContext } from "./context.ts";
import { nudgeOrders } from "./nudge-orders.ts";
import { isOwnedByAnother } from "./record-answer.ts";
import { recordObservations } from "./record-observations.ts";

/** What a supplier told of one order by itself, verified as its own. */
export type ToldNews = {
  /** Its word for what happened. */
  event: string;
  /** When that was, by its own clock. */
  at: Date | null;
  /** Ours, where it repeats it. */
  reference: string | null;
  supplierOrderId: string | null;
  /** All of the order; null where it has to be asked. */
  order: SupplierOrder | null;
};

export type NewsTaken =
  | { kind: "recorded"; orderId: string }
  /** It is looked at at once. */
  | { kind: "nudged"; orderId: string }
  /** Somebody works on it, and may have asked before this happened: to be told again in a while. */
  | { kind: "held"; orderId: string }
  /** No order of ours, as far as is known now: the create's answer may be on its way. */
  | { kind: "unmatched" }
  /** A supplier order that somebody said is none of ours, or that is older than all of ours. */
  | { kind: "foreign" }
  /** It names an order of ours and a supplier order that isn't its; codes in it are recorded nowhere. */
  | { kind: "anothers"; orderId: string }
  /** It had to be read before it counts, and couldn't be. */
  | { kind: "not_read"; orderId: string; why: string };

const LOOK = { kind: "read", slice: "reconcile", what: "look", patienceMs: 2_000 } as const;

/**
 * Takes what a supplier tells by itself. An order is known by the supplier's id, and by our reference where
 * no id is known yet: that makes the supplier order ours, also while the create's answer is on its way. What
 * isn't told in full, or not trusted to be, is a hint: the order is looked at.
 */
export async function takeNews(
  ctx: OrdersContext,
  supplierId: string,
  told: ToldNews,
): Promise<NewsTaken> {
  const supplierOrderId = told.order?.supplierOrderId ?? told.supplierOrderId;
  const owner = supplierOrderId === null ? null : await ownerOf(ctx, supplierId, supplierOrderId);
  const named = await orderNamed(ctx, supplierId, told.reference);
  const orderId = owner ?? named?.id ?? null;
  if (orderId === null) {
    const isForeign =
      supplierOrderId !== null && (await isNoneOfOurs(ctx, supplierId, supplierOrderId));
    return { kind: isForeign ? "foreign" : "unmatched" };
  }
  if (named && named.id !== orderId) return { kind: "anothers", orderId };
  const traits = ctx.suppliers.byId(supplierId)?.supplier.traits;
  if (told.order && traits?.push === "full") {
    return record(ctx, supplierId, orderId, { ...told, order: told.order });
  }
  // Known by our reference alone, it is read by the id that was told with it, which nobody has yet.
  const isToBeRead = owner === null && supplierOrderId !== null && traits?.readsOrders === true;
  if (!isToBeRead) {
    const left = await nudgeOrders(ctx, [orderId]);
    return { kind: left.length > 0 ? "held" : "nudged", orderId };
  }
  const read = await readOrder(ctx, supplierId, supplierOrderId);
  return typeof read === "string"
    ? { kind: "not_read", orderId, why: read }
    : record(ctx, supplierId, orderId, { ...told, order: read });
}

async function record(
  ctx: OrdersContext,
  supplierId: string,
  orderId: string,
  { event, at, order }: ToldNews & { order: SupplierOrder },
): Promise<NewsTaken> {
  try {
    await recordObservations(ctx, [
      {
        orderId,
        source: "push",
        event,
        toldAt: at,
        answer: { kind: "order", order },
        attemptId: null,
        leaseToken: null,
      },
    ]);
    const owner = await ownerOf(ctx, supplierId, order.supplierOrderId);
    return { kind: owner === orderId ? "recorded" : "anothers", orderId };
  } catch (error) {
    if (isOwnedByAnother(error)) return { kind: "anothers", orderId };
    throw error;
  }
}

/** The order of ours that the supplier order belongs to. Suppliers may spell their ids in either case. */
async function ownerOf(
  { db }: OrdersContext,
  supplierId: string,
  supplierOrderId: string,
): Promise<string | null> {
  if (!canBeStored(supplierOrderId)) return null;
  const id = supplierOrderId.toLowerCase();
  const [found] = await db.$queryRaw<{ id: string | null }[]>`
    select coalesce(
      (select order_id from supplier_orders where supplier_id = ${supplierId}::uuid and supplier_order_id = ${id}),
      (select id from orders where supplier_id = ${supplierId}::uuid and supplier_order_id = ${supplierOrderId})
    )::text as id`;
  return found?.id ?? null;
}

/** What PostgreSQL can't hold, no order has. */
const canBeStored = (text: string): boolean => !/\p{Cc}|\p{Cs}/u.test(text);

async function isNoneOfOurs(
  { db }: OrdersContext,
  supplierId: string,
  supplierOrderId: string,
): Promise<boolean> {
  if (!canBeStored(supplierOrderId)) return false;
  const where = { supplierId, supplierOrderId: supplierOrderId.toLowerCase() };
  const found = await db.supplierOrder.findFirst({ where, select: { attribution: true } });
  return ["foreign", "predates"].includes(found?.attribution ?? "");
}

/** Of this account alone: our reference means nothing in another's mouth. */
async function orderNamed(
  { db }: OrdersContext,
  supplierId: string,
  reference: string | null,
): Promise<{ id: string } | null> {
  const id = reference?.trim().toLowerCase() ?? "";
  if (!isUuid(id)) return null;
  return db.order.findFirst({ where: { id, supplierId }, select: { id: true } });
}

/** The supplier order as it is now, or why it can't be read. */
async function readOrder(
  ctx: OrdersContext,
  supplierId: string,
  supplierOrderId: string,
): Promise<SupplierOrder | string> {
  const account = ctx.suppliers.byId(supplierId);
  if (!account) return "The supplier is not connected.";
  const outcome = await ctx.suppliers.call(ctx, account, LOOK, (supplier) =>
    supplier.getOrder(supplierOrderId),
  );
  switch (outcome.kind) {
    case "accepted":
      return outcome.value;
    case "refused":
      return outcome.refusal.detail;
    case "unknown":
      return outcome.reason;
    case "not_called":
      return "The account has to stay silent for now.";
  }
}
