import type { OrdersContext } from "./context.ts";
import type { Observation } from "./observation.ts";
import { recordObservations } from "./record-observations.ts";
import { type Claim, release } from "./store.ts";

const NOT_CONNECTED_WAIT_MS = 30_000;

/**
 * Asks the supplier where an order stands and records the answer. `unpaid` only when this very
 * answer says so. Needs a claim on an order that the supplier knows.
 * @param options.keepClaim the caller goes on under the same claim, unless the order turned out finished
 */
export async function lookAtOrder(
  ctx: OrdersContext,
  claim: Claim,
  options: { keepClaim?: boolean } = {},
): Promise<"unpaid" | "other"> {
  const order = await ctx.db.order.findUniqueOrThrow({
    where: { id: claim.orderId },
    select: { supplierId: true, supplierOrderId: true },
  });
  const { supplierOrderId } = order;
  const account = ctx.suppliers.byId(order.supplierId);
  const silentMs = account ? await ctx.suppliers.silentForMs(ctx, account) : NOT_CONNECTED_WAIT_MS;
  if (!account || !supplierOrderId || silentMs > 0) {
    await release(ctx, claim, silentMs);
    return "other";
  }
  const outcome = await ctx.suppliers.call(ctx, account, "read", "look", (supplier) =>
    supplier.getOrder(supplierOrderId),
  );
  const answer: Observation["answer"] =
    outcome.kind === "accepted" ? { kind: "order", order: outcome.value } : outcome;
  const isUnpaid = answer.kind === "order" && answer.order.state === "awaiting_payment";
  await recordObservations(ctx, [
    {
      orderId: claim.orderId,
      source: "look",
      answer,
      attemptId: null,
      leaseToken: options.keepClaim && isUnpaid ? null : claim.leaseToken,
    },
  ]);
  return isUnpaid ? "unpaid" : "other";
}
