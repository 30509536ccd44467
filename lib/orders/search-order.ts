import { callFor } from "./call-for.ts";
import { type Claim, release } from "./claims.ts";
import type { OrdersContext } from "./context.ts";
import type { Observation } from "./observation.ts";
import { NOT_CONNECTED_WAIT_MS, silenceWaitMs } from "./poll-schedule.ts";
import { isOwnedByAnother } from "./record-answer.ts";
import { recordObservations } from "./record-observations.ts";
import { type Searched, searchPages } from "./search-pages.ts";

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
  await ctx.reach?.("search_unsent");
  const searched = await searchPages(ctx, {
    orderId,
    call: (ask) =>
      callFor(
        ctx,
        claim,
        account,
        { kind: "read", slice: "poll", what: "find" },
        ask,
        async () => !ctx.stop?.aborted,
      ),
  });
  await ctx.reach?.("search_answered");
  const answer = answerOf(searched);
  if (answer === null) {
    const silentMs = searched.kind === "not_called" ? searched.silentMs : 0;
    const waitMs = ctx.stop?.aborted ? 0 : silenceWaitMs(silentMs, ctx.random());
    return release(ctx, claim, waitMs);
  }
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

/** Null: it isn't over, and goes on later. */
function answerOf(searched: Searched): Observation["answer"] | null {
  switch (searched.kind) {
    case "order":
    case "refused":
    case "unknown":
      return searched;
    case "none":
      return { ...searched, kind: "not_found" };
    case "too_long":
      return { kind: "not_searchable", pages: searched.pages };
    case "left":
    case "not_called":
      return null;
  }
}

/** It isn't searched for any more: a person decides, or the supplier tells of it. */
async function rest({ db }: OrdersContext, { orderId, leaseToken }: Claim): Promise<void> {
  await db.$executeRaw`
    update orders set next_poll_at = null, lease_token = null, lease_until = null
    where id = ${orderId}::uuid and lease_token = ${leaseToken}::uuid and status = 'unconfirmed'`;
}
