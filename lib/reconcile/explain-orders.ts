import type { OrdersContext } from "#lib/orders/context.ts";
import { basketOfOrder } from "#lib/orders/order-basket.ts";
import { OWN_CLOCK_MARGIN_MS } from "#lib/orders/poll-schedule.ts";
import { type Basket, compareBaskets, type ShownBasket } from "#lib/placement/basket.ts";
import { learnCapability, readPlacementMode } from "#lib/placement/capabilities.ts";
import { freezeGate } from "#lib/placement/gates.ts";
import { setAttribution } from "#lib/placement/mirror.ts";
import { needsCounting, waysOf } from "#lib/placement/ways.ts";
import type { Tx } from "#lib/platform/db.ts";
import { notify } from "#lib/platform/notify.ts";
import { openSystemSignal } from "#lib/signals/system-signals.ts";
import type { SupplierOrder } from "#prisma/generated/client.ts";
import { tellUnattributed } from "./tell-unattributed.ts";
import { watchOrphans } from "./watch-orphans.ts";

/** In one round; the rest comes in the next. */
const MOST_ROWS = 200;
/** Baskets of the last day that a supplier order is held against. */
const MOST_COMPARED = 200;
const HOUR_MS = 60 * 60_000;
/** Further back than any clock is off: what is dated so early was there before us. */
const SURELY_BEFORE_MS = 24 * HOUR_MS;
/** A leftover in any other state has been paid, or may have been. */
const UNPAID = ["awaiting_payment", "cancelled"];
const PAID = ["paid", "processing", "completed", "failed", "refunded"];

/**
 * Attributes what is nobody's yet. What no send of ours can explain is shown to a person; where its
 * creation cost money, nothing more with its basket is sent until somebody has said whose it is.
 */
export async function explainOrders(
  tx: Tx,
  ctx: Pick<OrdersContext, "now" | "newId" | "log" | "suppliers">,
  supplierId: string,
): Promise<void> {
  if (!(await isAnythingToExplain(tx, supplierId))) return;
  await markPredating(tx, ctx, supplierId);
  await takeBackPaidOrphans(tx, ctx, supplierId);
  const ways = waysOf(ctx.suppliers, supplierId);
  const mode = await readPlacementMode({ db: tx }, supplierId, ways);
  const rows = await tx.supplierOrder.findMany({
    where: { supplierId, attribution: null, alertedAt: null },
    orderBy: [{ firstSeenAt: "asc" }, { supplierOrderId: "asc" }],
    take: MOST_ROWS,
  });
  const doubtful = rows.length > 0 ? await basketsInDoubt(tx, supplierId) : [];
  let isMore = false;
  for (const row of rows) {
    // A send under way, or a frozen gate, will show whose it is.
    if (doubtful.some((basket) => mayBe(basket, row))) continue;
    if (mode === "create_is_free" && UNPAID.includes(row.state) && (await isLeftOver(tx, row))) {
      await setAttribution(tx, ctx, supplierId, row.supplierOrderId, { attribution: "orphan" });
      continue;
    }
    // A leftover that nobody paid, and that is paid: creating costs money here after all.
    const isPaid = PAID.includes(row.state) && (await isLeftOver(tx, row));
    if (mode === "create_is_free" && isPaid) await fallBackTo(tx, ctx, row);
    const mayBeOurs = mode !== "create_is_free" || isPaid;
    await alert(tx, ctx, row, mayBeOurs && needsCounting(ways));
    isMore = true;
  }
  await tellUnattributed(tx, ctx, supplierId, { isMore });
  await watchOrphans(tx, ctx, supplierId);
  if (rows.length > 0) await notify(tx, ["supplier_orders"]);
}

/** Mostly nothing is: each order is attributed when it is answered. */
async function isAnythingToExplain(tx: Tx, supplierId: string): Promise<boolean> {
  const [found] = await tx.$queryRaw<{ any: boolean }[]>`
    select exists (
        select 1 from supplier_orders where supplier_id = ${supplierId}::uuid and attribution is null)
      or exists (select 1 from supplier_orders where supplier_id = ${supplierId}::uuid and attribution = 'orphan')
      or exists (
        select 1 from system_signals where subject = ${supplierId} and cleared_at is null
          and key in ('unattributed_supplier_order', 'orphans_many')) as any`;
  return found?.any ?? false;
}

/** Older than anything that was ever sent from here, it can't be ours. */
async function markPredating(
  tx: Tx,
  ctx: Pick<OrdersContext, "now">,
  supplierId: string,
): Promise<void> {
  const first = await tx.orderAttempt.findFirst({
    where: { kind: "create", order: { supplierId } },
    orderBy: { startedAt: "asc" },
    select: { startedAt: true },
  });
  const sent = first?.startedAt ?? null;
  await tx.supplierOrder.updateMany({
    where: {
      supplierId,
      attribution: null,
      alertedAt: null,
      ...(sent
        ? {
            OR: [
              { createdAt: { lt: new Date(sent.getTime() - SURELY_BEFORE_MS) } },
              // Seen by a process whose clock may be behind that of the one that sent.
              { firstSeenAt: { lt: new Date(sent.getTime() - OWN_CLOCK_MARGIN_MS) } },
            ],
          }
        : {}),
    },
    data: { attribution: "predates", attributedAt: ctx.now() },
  });
}

async function takeBackPaidOrphans(
  tx: Tx,
  ctx: Pick<OrdersContext, "now" | "newId" | "log">,
  supplierId: string,
): Promise<void> {
  const paid = await tx.supplierOrder.findMany({
    where: {
      supplierId,
      attribution: "orphan",
      state: { notIn: UNPAID },
    },
    orderBy: { supplierOrderId: "asc" },
    select: { supplierOrderId: true, word: true, state: true },
  });
  for (const { supplierOrderId } of paid) {
    await setAttribution(tx, ctx, supplierId, supplierOrderId, { attribution: null });
  }
  const first = paid.find(({ state }) => PAID.includes(state));
  if (!first) return;
  await fallBackTo(tx, ctx, { ...first, supplierId });
}

/** From now on creating counts as costing money; a person is told by which supplier order it showed. */
async function fallBackTo(
  tx: Tx,
  ctx: Pick<OrdersContext, "now" | "newId">,
  {
    supplierId,
    supplierOrderId,
    word,
  }: Pick<SupplierOrder, "supplierId" | "supplierOrderId" | "word">,
): Promise<void> {
  await learnCapability({ db: tx, now: ctx.now }, supplierId, "create_is_free", false, "answers");
  await openSystemSignal(tx, ctx, "mode_fell_back", supplierId, { supplierOrderId, word });
}

async function basketsInDoubt(tx: Tx, supplierId: string): Promise<Basket[]> {
  const orders = await tx.order.findMany({
    where: {
      supplierId,
      status: { in: ["submitting", "unconfirmed"] },
      attempts: {
        some: { kind: "create", OR: [{ outcome: null }, { outcome: "unknown", resolution: null }] },
      },
    },
    distinct: ["fingerprint"],
    select: { id: true },
  });
  return Promise.all(orders.map(({ id }) => basketOfOrder(tx, id)));
}

const mayBe = (basket: Basket, row: SupplierOrder): boolean =>
  compareBaskets(basket, {
    lines: row.items as ShownBasket["lines"],
    currency: row.currency,
    isMock: row.isMock,
  }) !== "different";

/** A create of this basket was lost, or answered too late, within a day. */
async function isLeftOver(
  tx: Tx,
  { supplierId, fingerprint, firstSeenAt }: SupplierOrder,
): Promise<boolean> {
  if (fingerprint === null) return false;
  const lost = await tx.orderAttempt.findFirst({
    where: {
      kind: "create",
      order: { supplierId, fingerprint },
      startedAt: { gt: new Date(firstSeenAt.getTime() - 24 * HOUR_MS) },
      OR: [{ outcome: "orphaned" }, { resolution: { not: null } }],
    },
    select: { id: true },
  });
  return lost !== null;
}

async function alert(
  tx: Tx,
  ctx: Pick<OrdersContext, "now" | "log">,
  row: SupplierOrder,
  freezes: boolean,
): Promise<void> {
  const { supplierId, supplierOrderId, state } = row;
  // Goods without an owner: the next order for them may adopt these instead of buying more.
  const isGoods = state !== "cancelled" && state !== "failed" && state !== "refunded";
  if (freezes && isGoods) {
    for (const fingerprint of await fingerprintsFor(tx, row)) {
      await freezeGate(tx, ctx, { supplierId, fingerprint });
    }
  }
  await tx.supplierOrder.update({
    where: { supplierId_supplierOrderId: { supplierId, supplierOrderId } },
    data: { alertedAt: ctx.now() },
  });
  ctx.log.warn({ supplierId, supplierOrderId, state }, "a supplier order is nobody's");
}

/** Of the goods that are shown; where something is hidden, of all that were asked for of late and fit. */
async function fingerprintsFor(tx: Tx, row: SupplierOrder): Promise<string[]> {
  const { supplierId, fingerprint, firstSeenAt } = row;
  const recent = await tx.order.findMany({
    where: {
      supplierId,
      createdAt: { gt: new Date(firstSeenAt.getTime() - 24 * HOUR_MS) },
      fingerprint: { not: null },
    },
    distinct: ["fingerprint"],
    orderBy: { id: "desc" },
    take: MOST_COMPARED,
    select: { id: true, fingerprint: true },
  });
  const fitting: string[] = [];
  for (const { id, fingerprint: asked } of recent) {
    if (asked && mayBe(await basketOfOrder(tx, id), row)) fitting.push(asked);
  }
  return [...new Set([...fitting, ...(fingerprint === null ? [] : [fingerprint])])].sort();
}
