import { standsSince } from "#lib/orders/poll-schedule.ts";
import type { Tx } from "#lib/platform/db.ts";
import { foldTrail } from "./fold-trail.ts";
import type { DossierData } from "./types.ts";

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/**
 * What is known of an order that its supplier may know: no code, no mask of one, no customer, nobody's name, no
 * note that was sent along. Null where there is no such order.
 */
export async function gatherDossier(tx: Tx, orderId: string): Promise<DossierData | null> {
  const order = await tx.order.findUnique({
    where: { id: orderId },
    include: {
      supplier: { select: { name: true } },
      signals: { where: { clearedAt: null }, orderBy: { openedAt: "asc" } },
      attempts: { orderBy: [{ startedAt: "asc" }, { id: "asc" }] },
      timeline: { orderBy: [{ at: "asc" }, { id: "asc" }] },
      items: { orderBy: { position: "asc" }, include: { _count: { select: { codes: true } } } },
    },
  });
  if (!order) return null;
  return {
    supplier: order.supplier.name,
    supplierOrderId: order.supplierOrderId,
    orderId: order.id,
    isMock: order.isMock,
    status: order.status,
    supplierStatus: order.supplierWord,
    statusSince: standsSince(order).toISOString(),
    placedAt: order.createdAt.toISOString(),
    paidAt: iso(order.paidAt),
    finishedAt: iso(order.finishedAt),
    lastAskedAt: iso(order.lastLookedAt),
    asked: order.looks,
    currency: order.currency,
    agreedTotal: order.agreedTotal.toFixed(),
    chargedTotal: order.chargedTotal?.toFixed() ?? null,
    items: order.items.map((item) => ({
      supplierProductId: item.externalId,
      product: item.productName,
      region: item.region,
      quantity: item.quantity,
      unitPrice: item.unitPrice.toFixed(),
      codesReceived: item.isService ? null : item._count.codes,
      error: item.error,
    })),
    problems: order.signals.map(({ key, openedAt }) => ({ key, since: openedAt.toISOString() })),
    sends: order.attempts.map((attempt) => ({
      id: attempt.id,
      kind: attempt.kind,
      at: attempt.startedAt.toISOString(),
      answeredAt: iso(attempt.finishedAt),
      outcome: attempt.outcome,
      httpStatus: attempt.httpStatus,
      detail: attempt.detail,
    })),
    trail: foldTrail(
      order.timeline.map(({ at, kind, data }) => ({
        ...{ at, kind, data: (data ?? {}) as Record<string, unknown> },
      })),
    ),
    ...(order.lastAnswer === null ? {} : { lastAnswer: order.lastAnswer }),
  };
}
