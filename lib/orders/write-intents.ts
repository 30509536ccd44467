/** The rows of placed orders, written in the transaction that places them. Private to this room. */
import { type Actor, actorColumns } from "#lib/access/actor.ts";
import { type AuditEntryInput, appendAuditEntries } from "#lib/audit/append-audit-entry.ts";
import type { Tx } from "#lib/platform/db.ts";
import { notify, type Topic } from "#lib/platform/notify.ts";
import { announceOrders } from "./announce-orders.ts";
import type { OrdersContext } from "./context.ts";
import type { Facts } from "./decision.ts";
import type { Basket } from "./fill-basket.ts";
import type { NewOrder, PlaceRequest, Shortfall, SimilarOrder } from "./new-order.ts";
import { writeTimelines } from "./write-timeline.ts";

export type Intent = {
  orderId: string;
  actor: Actor;
  wanted: NewOrder;
  basket: Basket;
  fingerprint: string;
  request: PlaceRequest;
  /** Called first in the transaction; where it rejects, this intent isn't stored. */
  mayStore: ((tx: Tx) => Promise<void>) | undefined;
};

/** What is stored beside the order. */
export type Accepted = { similar: SimilarOrder[]; shortfall: Shortfall | null };

/** A few statements, whatever number of them: orders, items, audit entries, timelines, news. */
export async function writeIntents(
  tx: Tx,
  ctx: OrdersContext,
  accepted: ReadonlyMap<Intent, Accepted>,
  now: Date,
): Promise<void> {
  const intents = [...accepted.keys()];
  const ids = intents.map(({ orderId }) => orderId);
  // Nothing of them is read back, as `create` would.
  await tx.order.createMany({
    data: intents.map(({ orderId, actor, wanted, basket, fingerprint, request }) => ({
      id: orderId,
      clientRef: wanted.clientRef,
      supplierId: basket.supplierId,
      status: "submitting" as const,
      isMock: wanted.isMock,
      fingerprint,
      currency: basket.currency,
      agreedTotal: wanted.agreedTotal,
      customerRef: wanted.customerRef || null,
      ...actorColumns(actor),
      correlationId: request.correlationId,
      createdAt: now,
      statusChangedAt: now,
      nextPollAt: now,
    })),
  });
  await tx.orderItem.createMany({
    data: intents.flatMap(({ orderId, basket }) =>
      basket.lines.map(({ note, ...line }, position) => ({
        ...line,
        ...(note ? { note } : {}),
        id: ctx.newId(),
        orderId,
        position,
      })),
    ),
  });
  // Due by the database's clock, whatever the time is here.
  await tx.$executeRaw`update orders set next_poll_at = date_trunc('milliseconds', now()) where id = any(${ids}::uuid[])`;
  for (const [intent, beside] of accepted) {
    await appendAuditEntries(tx, ctx, intent.actor, entriesOf(intent, beside));
  }
  const timelines = [...accepted].map(([intent, beside]) => ({
    orderId: intent.orderId,
    entries: [{ kind: "placed" as const, data: factsOf(intent, beside), actor: intent.actor.name }],
    last: null,
  }));
  await writeTimelines(tx, ctx, timelines, now);
  const news = ids.map((orderId) => ({
    ...{ orderId, type: "order.created" as const },
    data: { reason: null },
  }));
  await announceOrders(tx, ctx, news, now);
  await notify(tx, [...ids.map((id): Topic => `order:${id}`), "work"]);
}

/** What the order's timeline begins with. */
function factsOf({ wanted, basket }: Intent, { similar, shortfall }: Accepted): Facts {
  const over = wanted.overBalance;
  return {
    ...{ total: wanted.agreedTotal, currency: basket.currency },
    ...(similar.length > 0 ? { similar: similar.length } : {}),
    ...(shortfall && over ? { reason: over.reason, missing: shortfall.missing } : {}),
  };
}

function entriesOf(
  { orderId, wanted, basket, request }: Intent,
  { similar, shortfall }: Accepted,
): AuditEntryInput[] {
  const { currency, lines } = basket;
  const entry = { objectKind: "order" as const, objectId: orderId, ...request };
  const quantity = lines.reduce((sum, line) => sum + line.quantity, 0);
  const asked = { total: wanted.agreedTotal, currency, quantity };
  const entries: AuditEntryInput[] = [
    {
      ...entry,
      action: "order.placed",
      details: { ...asked, ...(wanted.isMock ? { mock: true } : {}) },
    },
  ];
  const [newest] = similar;
  if (newest) {
    entries.push({
      ...entry,
      action: "order.placed-beside-similar",
      details: { similar: similar.length, newest: newest.id },
    });
  }
  const over = wanted.overBalance;
  if (shortfall && over) {
    entries.push({
      ...entry,
      action: "order.placed-over-balance",
      reason: over.reason,
      details: { currency, available: shortfall.available, missing: shortfall.missing },
    });
  }
  return entries;
}
