import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import { PATIENT } from "#lib/platform/db.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import type { OrdersContext } from "./context.ts";
import { isFinished } from "./lifecycle.ts";
import { recordWithin } from "./record-observations.ts";
import { lockOrder } from "./store.ts";

export type CancelResult =
  | { kind: "cancelled" }
  /** `sent`: the supplier may know of it, and takes no cancellation. `sending`: somebody has it in hand. */
  | { kind: "too_late"; why: "sent" | "sending" | "final" };

const WHY = "Cancelled before it was sent to the supplier.";

/**
 * Ends an order that hasn't left for the supplier; it is `rejected` then, since nothing exists there. No
 * supplier's port can cancel, so whatever has been sent, or is in a worker's hands, goes its way. The row's
 * lock settles it against a worker that is about to send. Throws `forbidden` or `not_found`.
 */
export async function cancelOrder(
  ctx: OrdersContext,
  actor: Actor,
  orderId: string,
  request: RequestFacts,
): Promise<CancelResult> {
  requirePermission(actor, "orders.place");
  return ctx.db.$transaction(async (tx): Promise<CancelResult> => {
    await lockOrder(tx, orderId);
    const order = await tx.order.findUnique({
      where: { id: orderId },
      select: { status: true, attempts: { select: { outcome: true, resolution: true } } },
    });
    if (!order) throw new KeyholdError("not_found", `order ${orderId}`);
    if (isFinished(order.status)) return { kind: "too_late", why: "final" };
    const isUnsent = order.attempts.every(
      ({ outcome, resolution }) => outcome === "refused" || resolution === "not_created",
    );
    if (order.status !== "submitting" || !isUnsent) return { kind: "too_late", why: "sent" };
    const [held] = await tx.$queryRaw<{ held: boolean }[]>`
      select coalesce(lease_until > now(), false) as held from orders where id = ${orderId}::uuid`;
    if (held?.held) return { kind: "too_late", why: "sending" };
    await recordWithin(tx, ctx, [
      {
        orderId,
        source: "person",
        answer: { kind: "given_up" },
        attemptId: null,
        leaseToken: null,
        decidedBy: { actor: actor.name, reason: WHY },
      },
    ]);
    await appendAuditEntry(tx, ctx, actor, {
      action: "order.cancelled-unsent",
      objectKind: "order",
      objectId: orderId,
      reason: WHY,
      ...request,
    });
    return { kind: "cancelled" };
  }, PATIENT);
}
