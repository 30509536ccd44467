import { requirePermission } from "#lib/access/actor.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import { type CodePosition, openOrderCodes } from "#lib/codes/open-order-codes.ts";
import { tellable } from "#lib/orders/announced-codes.ts";
import type { Core } from "#lib/platform/core.ts";
import type { Sealer } from "#lib/platform/seal.ts";
import type { KeyActor } from "./check-key.ts";

/** A page of an order's codes in plaintext; null where there is no such order. Throws `forbidden`. */
export async function readCodesFor(
  core: Core & { sealer: Sealer },
  actor: KeyActor,
  orderId: string,
  asked: { after?: string | undefined; limit: number },
  request: RequestFacts,
) {
  requirePermission(actor, "codes.reveal");
  const order = await core.db.order.findUnique({
    where: { id: orderId },
    select: { status: true, items: { select: { id: true, externalId: true } } },
  });
  if (!order) return null;
  const itemIds = new Map(order.items.map(({ id, externalId }) => [id, externalId]));
  const page = await openOrderCodes(
    core,
    actor,
    { orderId, after: positionOf(asked.after), limit: asked.limit },
    request,
  );
  return {
    orderId,
    status: order.status,
    data: page.codes.map((opened) => {
      const { codeId, ...told } = tellable(opened);
      return {
        id: codeId,
        orderItemId: opened.itemId,
        itemId: itemIds.get(opened.itemId) ?? "",
        position: opened.position,
        state: opened.state,
        ...told,
        expiresAt: opened.expiresAt?.toISOString() ?? null,
      };
    }),
    withheld: page.withheld,
    closed: page.closed,
    next: page.next && `${page.next.item}-${page.next.position}`,
  };
}

function positionOf(cursor: string | undefined): CodePosition | null {
  const [item, position] = cursor?.split("-").map(Number) ?? [];
  return item === undefined || position === undefined ? null : { item, position };
}
