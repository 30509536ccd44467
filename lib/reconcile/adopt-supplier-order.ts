import { type Actor, requirePermission } from "#lib/access/actor.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { OrdersContext } from "#lib/orders/context.ts";
import { clearExtra } from "#lib/orders/record-extra.ts";
import { recordWithin } from "#lib/orders/record-observations.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { isUuid } from "#lib/platform/ids.ts";
import type { SupplierOrder } from "#lib/suppliers/port.ts";
import { type DecisionInput, decideOnOrder } from "./decide-on-order.ts";
import { tellUnattributed } from "./tell-unattributed.ts";
import type { DecisionResult } from "./types.ts";

/** Somebody waits for the answer. */
const LOOK = { kind: "read", slice: "reconcile", what: "look", patienceMs: 5_000 } as const;

/**
 * A person says that this supplier order is the one that was asked for. It has to be nobody's, and may
 * not ask for other goods. Throws as `decideOnOrder` does, and `conflict` when it is somebody's.
 */
export async function adoptSupplierOrder(
  ctx: OrdersContext,
  actor: Actor,
  input: DecisionInput & { supplierOrderId: string },
  request: RequestFacts,
): Promise<DecisionResult> {
  requirePermission(actor, "orders.decide");
  const read = await readAtSupplier(ctx, input);
  if (typeof read === "string") return { kind: "not_listed", problem: read };
  return decideOnOrder(
    ctx,
    actor,
    input,
    request,
    { needsList: false },
    async (tx, { orderId, doubt, reason, supplierId }) => {
      const id = input.supplierOrderId.toLowerCase();
      if (doubt.candidates.every(({ supplierOrderId }) => supplierOrderId !== id)) {
        throw new KeyholdError("conflict", `${id} can't be adopted for order ${orderId}`);
      }
      await recordWithin(tx, ctx, [
        {
          orderId,
          source: "person",
          answer: { kind: "order", order: read },
          attemptId: null,
          leaseToken: null,
          decidedBy: { actor: actor.name, reason },
        },
      ]);
      await tx.orderProposal.deleteMany({ where: { orderId } });
      await tellUnattributed(tx, ctx, supplierId, { isMore: false });
      await clearExtra(tx, ctx, id);
      return {
        result: { kind: "done" },
        audit: { action: "order.adopted", details: { supplierOrderId: id } },
      };
    },
  );
}

/** The supplier order as it is now, or why it can't be read. */
async function readAtSupplier(
  ctx: OrdersContext,
  { orderId, supplierOrderId }: { orderId: string; supplierOrderId: string },
): Promise<SupplierOrder | string> {
  const order = isUuid(orderId)
    ? await ctx.db.order.findUnique({ where: { id: orderId }, select: { supplierId: true } })
    : null;
  if (!order) throw new KeyholdError("not_found", `order ${orderId}`);
  const account = ctx.suppliers.byId(order.supplierId);
  if (!account) return "The supplier is not connected.";
  // What PostgreSQL can't hold, no list has shown.
  if (/\p{Cc}/u.test(supplierOrderId)) return "The supplier has no such order.";
  const seen = await ctx.db.supplierOrder.findUnique({
    where: {
      supplierId_supplierOrderId: {
        supplierId: order.supplierId,
        supplierOrderId: supplierOrderId.toLowerCase(),
      },
    },
    select: { spelling: true },
  });
  const outcome = await ctx.suppliers.call(ctx, account, LOOK, (supplier) =>
    supplier.getOrder(seen?.spelling ?? supplierOrderId),
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
