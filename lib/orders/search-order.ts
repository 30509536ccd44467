import { callFor } from "./call-for.ts";
import { type Claim, release } from "./claims.ts";
import type { OrdersContext } from "./context.ts";
import type { Observation } from "./observation.ts";
import { NOT_CONNECTED_WAIT_MS, silenceWaitMs } from "./poll-schedule.ts";
import { isOwnedByAnother } from "./record-answer.ts";
import { recordObservations } from "./record-observations.ts";

const NOT_OURS = "It answered with a supplier order that belongs to another order here already.";

/**
 * Asks the supplier for the order that was made under our reference, where nobody knows whether there is
 * one. Needs a claim on an order in `unconfirmed`, with an account that finds orders by reference.
 */
export async function searchOrder(ctx: OrdersContext, claim: Claim): Promise<void> {
  const { orderId, leaseToken, supplierId } = claim;
  const account = ctx.suppliers.byId(supplierId);
  if (!account) return release(ctx, claim, NOT_CONNECTED_WAIT_MS);
  if (!account.supplier.traits.findsByReference) return rest(ctx, claim);
  const askedAt = ctx.now();
  await ctx.reach?.("search_unsent");
  const outcome = await callFor(
    ctx,
    claim,
    account,
    { kind: "read", slice: "poll", what: "find" },
    (supplier) => supplier.findOrder(orderId),
    async () => !ctx.stop?.aborted,
  );
  await ctx.reach?.("search_answered");
  if (outcome.kind === "not_called") {
    const waitMs = ctx.stop?.aborted ? 0 : silenceWaitMs(outcome.silentMs, ctx.random());
    return release(ctx, claim, waitMs);
  }
  const answer: Observation["answer"] =
    outcome.kind !== "accepted"
      ? outcome
      : outcome.value
        ? { kind: "order", order: outcome.value }
        : { kind: "not_found", askedAt };
  const record = (what: Observation["answer"]) =>
    recordObservations(ctx, [
      { orderId, source: "search", answer: what, attemptId: null, leaseToken },
    ]);
  try {
    await record(answer);
  } catch (error) {
    if (!isOwnedByAnother(error)) throw error;
    ctx.log.error({ err: error, orderId }, "a search was answered with another order's goods");
    await record({ kind: "unknown", reason: NOT_OURS, httpStatus: null });
  }
}

/** It isn't searched for any more: a person decides, or the supplier tells of it. */
async function rest({ db }: OrdersContext, { orderId, leaseToken }: Claim): Promise<void> {
  await db.$executeRaw`
    update orders set next_poll_at = null, lease_token = null, lease_until = null
    where id = ${orderId}::uuid and lease_token = ${leaseToken}::uuid and status = 'unconfirmed'`;
}
