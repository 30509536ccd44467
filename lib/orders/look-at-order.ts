import type { SupplierOrder } from "#lib/suppliers/port.ts";
import type { OrdersContext } from "./context.ts";
import type { Observation } from "./observation.ts";
import { NOT_CONNECTED_WAIT_MS, silenceWaitMs } from "./poll-schedule.ts";
import { recordObservations } from "./record-observations.ts";
import { type Claim, release } from "./store.ts";

/**
 * Asks the supplier where an order stands and records the answer. Returns the order only when this
 * very answer shows it unpaid. Needs a claim on an order that the supplier knows.
 * @param options.keepClaim the caller goes on under the same claim, unless the order turned out otherwise
 */
export async function lookAtOrder(
  ctx: OrdersContext,
  claim: Claim,
  options: { keepClaim?: boolean } = {},
): Promise<SupplierOrder | null> {
  const { orderId, leaseToken } = claim;
  const { supplierId, supplierOrderId } = await ctx.db.order.findUniqueOrThrow({
    where: { id: orderId },
    select: { supplierId: true, supplierOrderId: true },
  });
  const account = ctx.suppliers.byId(supplierId);
  if (!account || !supplierOrderId) {
    await release(ctx, claim, NOT_CONNECTED_WAIT_MS);
    return null;
  }
  await ctx.reach?.("look_unsent");
  const outcome = await ctx.suppliers.call(ctx, account, "read", "look", (supplier) =>
    supplier.getOrder(supplierOrderId),
  );
  await ctx.reach?.("look_answered");
  if (outcome.kind === "not_called") {
    await release(ctx, claim, silenceWaitMs(outcome.silentMs, ctx.random()));
    return null;
  }
  const answer: Observation["answer"] =
    outcome.kind === "accepted" ? { kind: "order", order: outcome.value } : outcome;
  const order = answer.kind === "order" ? answer.order : null;
  const unpaid = order?.state === "awaiting_payment" ? order : null;
  const kept = options.keepClaim && unpaid;
  await recordObservations(ctx, [
    { orderId, source: "look", answer, attemptId: null, leaseToken: kept ? null : leaseToken },
  ]);
  return unpaid;
}
