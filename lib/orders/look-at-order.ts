import type { OrdersContext } from "./context.ts";
import type { Observation } from "./observation.ts";
import { NOT_CONNECTED_WAIT_MS, silenceWaitMs } from "./poll-schedule.ts";
import { recordObservations } from "./record-observations.ts";
import { type Claim, release } from "./store.ts";

/**
 * Asks the supplier where an order stands and records the answer. `unpaid` only when this very
 * answer says so. Needs a claim on an order that the supplier knows.
 * @param options.keepClaim the caller goes on under the same claim, unless the order turned out otherwise
 */
export async function lookAtOrder(
  ctx: OrdersContext,
  claim: Claim,
  options: { keepClaim?: boolean } = {},
): Promise<"unpaid" | "other"> {
  const { orderId, leaseToken } = claim;
  const order = await ctx.db.order.findUniqueOrThrow({
    where: { id: orderId },
    select: { supplierId: true, supplierOrderId: true },
  });
  const { supplierOrderId } = order;
  const account = ctx.suppliers.byId(order.supplierId);
  if (!account || !supplierOrderId) {
    await release(ctx, claim, NOT_CONNECTED_WAIT_MS);
    return "other";
  }
  const outcome = await ctx.suppliers.call(ctx, account, "read", "look", (supplier) =>
    supplier.getOrder(supplierOrderId),
  );
  if (outcome.kind === "not_called") {
    await release(ctx, claim, silenceWaitMs(outcome.silentMs, ctx.random()));
    return "other";
  }
  const answer: Observation["answer"] =
    outcome.kind === "accepted" ? { kind: "order", order: outcome.value } : outcome;
  const isUnpaid = answer.kind === "order" && answer.order.state === "awaiting_payment";
  const kept = options.keepClaim && isUnpaid;
  await recordObservations(ctx, [
    { orderId, source: "look", answer, attemptId: null, leaseToken: kept ? null : leaseToken },
  ]);
  return isUnpaid ? "unpaid" : "other";
}
