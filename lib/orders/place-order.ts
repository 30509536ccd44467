import { type Actor, actorColumns, requirePermission } from "#lib/access/actor.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import { fingerprintOf, plainNote } from "#lib/placement/basket.ts";
import { PATIENT, type Tx } from "#lib/platform/db.ts";
import { compareAmounts } from "#lib/platform/money.ts";
import { notify } from "#lib/platform/notify.ts";
import { pauseOf } from "#lib/suppliers/pause-policy.ts";
import { PAUSE_SELECT } from "#lib/suppliers/read-pauses.ts";
import { announceOrders } from "./announce-orders.ts";
import { checkSpend } from "./check-spend.ts";
import type { OrdersContext } from "./context.ts";
import type { Facts } from "./decision.ts";
import { type Basket, fillBasket } from "./fill-basket.ts";
import { findShortfall } from "./find-shortfall.ts";
import { findSimilar } from "./find-similar.ts";
import { type NewOrder, newOrderSchema, type PlaceResult, type SimilarOrder } from "./new-order.ts";
import type { Note } from "./note-problems.ts";
import { writeTimeline } from "./write-timeline.ts";

/** Where the order came from; its reference goes with everything that is done for it. */
export type PlaceRequest = RequestFacts & { correlationId: string };

/**
 * Commits an intent; nothing is sent to the supplier here. The engine guarantees that it will be, and
 * `workOnOrder` may do so at once. Whoever repeats a `clientRef`, however many at a time, gets the one
 * order. Throws `forbidden`.
 * @param input as it came through the door; anything may be wrong with it
 * @param mayStore called first in the order's own transaction; where it rejects nothing is stored
 */
export async function placeOrder(
  ctx: OrdersContext,
  actor: Actor,
  input: unknown,
  request: PlaceRequest,
  mayStore?: (tx: Tx) => Promise<void>,
): Promise<PlaceResult> {
  requirePermission(actor, "orders.place");
  const parsed = newOrderSchema.safeParse(input);
  if (!parsed.success) {
    const paths = parsed.error.issues.map((issue) => issue.path.join("."));
    return { kind: "invalid", problems: paths.map((path) => ({ kind: "malformed", path })) };
  }
  const wanted = parsed.data;
  if (wanted.overBalance !== undefined) requirePermission(actor, "balance.override");
  const earlier = await findEarlier(ctx, wanted);
  if (earlier) return earlier;

  const basket = await fillBasket(ctx, wanted);
  if (Array.isArray(basket)) return { kind: "invalid", problems: basket };

  const intent = {
    orderId: ctx.newId(),
    wanted,
    basket,
    fingerprint: fingerprintOfLines(wanted, basket),
  };
  let refused: Refused | null;
  try {
    await ctx.reach?.("intent_unwritten");
    refused = await ctx.db.$transaction(async (tx) => {
      await mayStore?.(tx);
      const why = await storeIntent(tx, ctx, actor, intent, request);
      await ctx.reach?.("intent_written");
      return why;
      // Orders of one account take turns for its balance: of many at once the last wait for a connection.
    }, PATIENT);
    await ctx.reach?.("intent_committed");
  } catch (error) {
    // Somebody with the same reference was faster.
    const winner = await findEarlier(ctx, wanted);
    if (winner) return winner;
    throw error;
  }
  if (refused) return refused;
  const { orderId } = intent;
  const { correlationId } = request;
  ctx.log.info({ orderId, correlationId, actor: actor.name }, "order placed");
  return { kind: "placed", orderId };
}

/** Nothing was stored: a person is asked first, or told why. */
type Refused = Extract<PlaceResult, { kind: "similar" | "short" | "paused" | "over_limit" }>;

type Intent = { orderId: string; wanted: NewOrder; basket: Basket; fingerprint: string };

function fingerprintOfLines({ isMock }: NewOrder, { currency, lines }: Basket): string {
  const asked = lines.map(({ externalId: productId, quantity, note }) => ({
    productId,
    quantity,
    note: plainNote(note),
  }));
  return fingerprintOf({ currency, isMock, lines: asked });
}

/** Stores it, or answers what the person has to be shown first: then nothing is stored. */
async function storeIntent(
  tx: Tx,
  ctx: OrdersContext,
  actor: Actor,
  { orderId, wanted, basket, fingerprint }: Intent,
  request: PlaceRequest,
): Promise<Refused | null> {
  const { supplierId, currency, lines } = basket;
  const customerRef = wanted.customerRef || null;
  const now = ctx.now();
  // A shop asks whether it repeats itself; what others ordered is none of its business.
  const placedBy = actor.kind === "key" ? actor.id : null;
  const similar = asksAboutSimilar(actor, wanted)
    ? await findSimilarInTurn(tx, { supplierId, fingerprint, customerRef, placedBy }, now)
    : [];
  const seen = wanted.similarSeen ?? [];
  // The same form posted twice at once is no second wish: its reference decides.
  const isRepeated = await tx.order.count({ where: { clientRef: wanted.clientRef } });
  const paused = isRepeated > 0 ? null : await findPause(tx, supplierId, now);
  if (paused) return paused;
  if (isRepeated === 0 && similar.some(({ id }) => !seen.includes(id))) {
    return { kind: "similar", orders: similar };
  }
  const overLimit =
    isRepeated > 0 || wanted.isMock
      ? null
      : await checkSpend(tx, actor, { currency, amount: wanted.agreedTotal }, now);
  if (overLimit) return { kind: "over_limit", limit: overLimit };
  const shortfall =
    isRepeated > 0 || wanted.isMock
      ? null
      : await findShortfall(tx, ctx, actor, { supplierId, currency }, wanted.agreedTotal);
  const over = wanted.overBalance;
  // A reason covers what was shown to whoever gave it, and no more.
  if (shortfall && (!over || compareAmounts(shortfall.missing, over.missing) > 0)) {
    return { kind: "short", shortfall };
  }
  // Nothing of them is read back, as `create` would.
  await tx.order.createMany({
    data: {
      id: orderId,
      clientRef: wanted.clientRef,
      supplierId,
      status: "submitting",
      isMock: wanted.isMock,
      fingerprint,
      currency,
      agreedTotal: wanted.agreedTotal,
      customerRef,
      ...actorColumns(actor),
      correlationId: request.correlationId,
      createdAt: now,
      statusChangedAt: now,
      nextPollAt: now,
    },
  });
  await tx.orderItem.createMany({
    data: lines.map(({ note, ...line }, position) => ({
      ...line,
      ...(note ? { note } : {}),
      id: ctx.newId(),
      orderId,
      position,
    })),
  });
  // Due by the database's clock, whatever the time is here.
  await tx.$executeRaw`update orders set next_poll_at = now() where id = ${orderId}::uuid`;
  const data: Facts = { total: wanted.agreedTotal, currency };
  const entry = { objectKind: "order" as const, objectId: orderId, ...request };
  await appendAuditEntry(tx, ctx, actor, {
    ...entry,
    action: "order.placed",
    details: { ...data, quantity: quantityOf(lines), ...(wanted.isMock ? { mock: true } : {}) },
  });
  const [newest] = similar;
  if (newest) {
    data.similar = similar.length;
    await appendAuditEntry(tx, ctx, actor, {
      ...entry,
      action: "order.placed-beside-similar",
      details: { similar: similar.length, newest: newest.id },
    });
  }
  if (shortfall && over) {
    data.reason = over.reason;
    data.missing = shortfall.missing;
    await appendAuditEntry(tx, ctx, actor, {
      ...entry,
      action: "order.placed-over-balance",
      reason: over.reason,
      details: { currency, available: shortfall.available, missing: shortfall.missing },
    });
  }
  await writeTimeline(tx, ctx, orderId, [{ kind: "placed", data, actor: actor.name }], now);
  await announceOrders(tx, ctx, [{ orderId, type: "order.created", data: { reason: null } }], now);
  await notify(tx, [`order:${orderId}`, "work"]);
  return null;
}

const quantityOf = (lines: Basket["lines"]): number =>
  lines.reduce((sum, { quantity }) => sum + quantity, 0);

/** A program says by its reference which wishes are one; nobody looks at its screen to be asked. */
const asksAboutSimilar = (actor: Actor, wanted: NewOrder): boolean =>
  actor.kind !== "key" || wanted.refuseSimilar === true;

async function findSimilarInTurn(
  tx: Tx,
  wanted: Parameters<typeof findSimilar>[1],
  now: Date,
): Promise<SimilarOrder[]> {
  // Two tabs with the same wish take turns here, so that the second sees the first.
  const key = wanted.supplierId + wanted.fingerprint;
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`;
  return findSimilar(tx, wanted, now);
}

async function findPause(tx: Tx, supplierId: string, now: Date): Promise<Refused | null> {
  const { name, ...columns } = await tx.supplier.findUniqueOrThrow({
    where: { id: supplierId },
    select: { name: true, ...PAUSE_SELECT },
  });
  const pause = pauseOf(columns, "ordering", now);
  return pause && { kind: "paused", supplierName: name, pause };
}

async function findEarlier(ctx: OrdersContext, wanted: NewOrder): Promise<PlaceResult | null> {
  const order = await ctx.db.order.findUnique({
    where: { clientRef: wanted.clientRef },
    include: { items: { orderBy: { position: "asc" } } },
  });
  if (!order) return null;
  const products = await ctx.db.product.findMany({
    where: { id: { in: wanted.lines.map((line) => line.productId) } },
    select: { id: true, externalId: true },
  });
  const externalOf = new Map(products.map((product) => [product.id, product.externalId]));
  const same =
    order.isMock === wanted.isMock &&
    compareAmounts(order.agreedTotal.toFixed(), wanted.agreedTotal) === 0 &&
    order.customerRef === (wanted.customerRef || null) &&
    order.items.length === wanted.lines.length &&
    order.items.every((item, index) => {
      const line = wanted.lines[index];
      return (
        line &&
        item.quantity === line.quantity &&
        item.externalId === externalOf.get(line.productId) &&
        sameNote(item.note, line.note)
      );
    });
  return { kind: same ? "repeated" : "reference_taken", orderId: order.id };
}

/** What was typed counts where the product asked for it; the rest was dropped when it was stored. */
function sameNote(stored: unknown, typed: Record<string, unknown>): boolean {
  return Object.entries((stored ?? {}) as Note).every(([field, value]) => {
    const text = String(typed[field] ?? "").trim();
    return typeof value === "number" ? text !== "" && Number(text) === value : text === value;
  });
}
