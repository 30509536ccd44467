import { freezeGate } from "#lib/placement/gates.ts";
import { mirrorId, mirrorOrders, setAttribution } from "#lib/placement/mirror.ts";
import { needsCounting } from "#lib/placement/ways.ts";
import type { Tx } from "#lib/platform/db.ts";
import { notify } from "#lib/platform/notify.ts";
import type { SupplierOrder } from "#lib/suppliers/port.ts";
import { release } from "./claims.ts";
import { type Closed, reviseAttempt } from "./close-attempt.ts";
import type { Observation } from "./observation.ts";
import { openSignal } from "./open-signals.ts";
import type { RecordContext } from "./record-context.ts";
import type { LockedOrder } from "./store.ts";
import { writeTimeline } from "./write-timeline.ts";

/** Whether a supplier order in this state has cost nothing where creating is free; only a paid one can fail. */
export const isUnpaid = (state: string): boolean =>
  state === "awaiting_payment" || state === "cancelled";

/**
 * Whether a create's answer brings a supplier order that can't be this order's any more: it has
 * another one, is finished, is being sent again, or counting gave the supplier order to a twin. The same
 * of one that the supplier tells of, or is found, under our reference.
 */
export async function isExtra(
  tx: Tx,
  { supplierId, supplierOrderId, status }: LockedOrder,
  { source, answer, attemptId, orderId }: Observation,
  closed: Closed,
): Promise<boolean> {
  if (answer.kind !== "order") return false;
  const theirs = mirrorId(answer.order);
  if (source === "push" || source === "search") {
    return supplierOrderId === null
      ? status === "rejected"
      : supplierOrderId.toLowerCase() !== theirs;
  }
  if (source !== "create" || attemptId === null) return false;
  if (supplierOrderId !== null) return supplierOrderId.toLowerCase() !== theirs;
  if (status === "rejected") return true;
  if (closed !== "resolved") return false;
  const inFlight = await tx.orderAttempt.count({ where: { orderId, finishedAt: null } });
  return inFlight > 0 || (await ownerOf(tx, supplierId, theirs)) !== null;
}

async function ownerOf(
  tx: Tx,
  supplierId: string,
  supplierOrderId: string,
): Promise<string | null> {
  const row = await tx.supplierOrder.findUnique({
    where: { supplierId_supplierOrderId: { supplierId, supplierOrderId } },
    select: { orderId: true },
  });
  return row?.orderId ?? null;
}

/**
 * Writes the extra supplier order down. Where creating is free it stays unpaid and runs out; elsewhere
 * it is goods without an owner: nothing with this basket is sent until somebody has said whose it is.
 */
export async function recordExtra(
  tx: Tx,
  ctx: RecordContext,
  state: LockedOrder,
  { answer, attemptId, leaseToken }: Observation,
  closed: Closed,
  now: Date,
): Promise<void> {
  if (answer.kind !== "order") return;
  const { order } = answer;
  const { id: orderId, supplierId, fingerprint, mode, ways } = state;
  await mirrorOrders(tx, ctx, supplierId, [order]);
  const isLeftOver = (await ownerOf(tx, supplierId, mirrorId(order))) === null;
  if (attemptId && closed === "resolved") await reviseAttempt(tx, attemptId, "orphaned");
  const data = { supplierOrderId: order.supplierOrderId };
  // Told of as often as it moves, it is news once, and none after a person has said whose it is.
  if (attemptId === null && !(await isNews(tx, state, order))) return;
  await writeTimeline(tx, ctx, orderId, [{ kind: "create_orphaned", data }], now);
  await release({ db: tx }, { orderId, leaseToken }, 0);
  if (!isLeftOver) return;
  if (mode === "create_is_free" && isUnpaid(order.state)) {
    return setAttribution(tx, ctx, supplierId, mirrorId(order), { attribution: "orphan" });
  }
  await openSignal(tx, ctx, orderId, "extra_supplier_order", data, now);
  if (fingerprint !== null && needsCounting(ways)) {
    await freezeGate(tx, ctx, { supplierId, fingerprint });
  }
}

async function isNews(
  tx: Tx,
  { id: orderId, supplierId }: LockedOrder,
  order: SupplierOrder,
): Promise<boolean> {
  const known = await tx.$queryRaw<unknown[]>`
    select 1 from supplier_orders
    where supplier_id = ${supplierId}::uuid and supplier_order_id = ${mirrorId(order)} and attribution is not null
    union all
    select 1 from order_signals
    where order_id = ${orderId}::uuid and key = 'extra_supplier_order' and cleared_at is null
      and lower(data->>'supplierOrderId') = ${mirrorId(order)}`;
  return known.length === 0;
}

/** It has found an owner, or somebody has said that it is none of ours. */
export async function clearExtra(
  tx: Tx,
  ctx: Pick<RecordContext, "now" | "newId">,
  supplierOrderId: string,
): Promise<void> {
  const now = ctx.now();
  const cleared = await tx.$queryRaw<{ orderId: string }[]>`
    update order_signals set cleared_at = ${now}
    where key = 'extra_supplier_order' and cleared_at is null
      and lower(data->>'supplierOrderId') = ${supplierOrderId.toLowerCase()}
    returning order_id as "orderId"`;
  const entry = { kind: "signal_cleared", data: { signal: "extra_supplier_order" } } as const;
  for (const { orderId } of cleared) {
    await writeTimeline(tx, ctx, orderId, [entry], now);
    await notify(tx, [`order:${orderId}`, "alerts"]);
  }
}
