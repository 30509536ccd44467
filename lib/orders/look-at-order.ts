import type { Slice } from "#lib/suppliers/account.ts";
import type { SupplierOrder } from "#lib/suppliers/port.ts";
import { callFor } from "./call-for.ts";
import { type Claim, release } from "./claims.ts";
import type { OrdersContext } from "./context.ts";
import type { Observation } from "./observation.ts";
import { paceFor } from "./pace-for.ts";
import { NOT_CONNECTED_WAIT_MS, silenceWaitMs, UNREAD_EVERY_MS } from "./poll-schedule.ts";
import { recordLook } from "./record-look.ts";
import { recordObservations } from "./record-observations.ts";

type LookOptions = {
  /** The caller goes on under the same claim, unless the order turned out otherwise. */
  keepClaim?: boolean;
  /** Whose share of the account's budget it is. */
  slice?: Slice;
};

/**
 * Asks the supplier where an order stands and records the answer; one that answers no such question is left alone. Returns the order only when this
 * very answer shows it unpaid. Needs a claim on an order that the supplier knows.
 */
export async function lookAtOrder(
  ctx: OrdersContext,
  claim: Claim,
  { keepClaim = false, slice = "poll" }: LookOptions = {},
): Promise<SupplierOrder | null> {
  const { orderId, leaseToken, supplierId, supplierOrderId } = claim;
  const account = ctx.suppliers.byId(supplierId);
  if (!account || !supplierOrderId) {
    await release(ctx, claim, NOT_CONNECTED_WAIT_MS);
    return null;
  }
  // It is known by what the supplier tells alone.
  if (!account.supplier.traits.readsOrders) {
    await release(ctx, claim, UNREAD_EVERY_MS);
    return null;
  }
  const pace = await paceFor(ctx, claim);
  await ctx.reach?.("look_unsent");
  const outcome = await callFor(
    ctx,
    claim,
    account,
    { kind: "read", slice, what: "look" },
    (supplier) => supplier.getOrder(supplierOrderId),
    async () => !ctx.stop?.aborted,
  );
  await ctx.reach?.("look_answered");
  if (outcome.kind === "not_called") {
    // Its turn didn't come: the order is left to others.
    const waitMs = ctx.stop?.aborted ? 0 : silenceWaitMs(outcome.silentMs, ctx.random());
    await release(ctx, claim, waitMs);
    return null;
  }
  const answer: Observation["answer"] =
    outcome.kind === "accepted" ? { kind: "order", order: outcome.value } : outcome;
  const order = answer.kind === "order" ? answer.order : null;
  const unpaid = order?.state === "awaiting_payment" ? order : null;
  const kept = keepClaim && unpaid;
  const observation: Observation = {
    orderId,
    source: "look",
    answer,
    attemptId: null,
    leaseToken: kept ? null : leaseToken,
    ...(pace && { pace }),
  };
  // The looks of a purchase are recorded by themselves: what comes next waits for them.
  const recorded =
    slice === "poll"
      ? await recordLook(ctx, observation)
      : (await recordObservations(ctx, [observation]))[0];
  if (recorded?.moved) ctx.suppliers.noteUseful(account, "look", 1);
  return unpaid;
}
