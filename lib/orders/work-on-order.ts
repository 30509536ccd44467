import { giveBackCalls } from "./call-for.ts";
import { type Claim, claimOne } from "./claims.ts";
import type { OrdersContext } from "./context.ts";
import { lookAtOrder } from "./look-at-order.ts";
import { payOrder } from "./pay-order.ts";
import { searchOrder } from "./search-order.ts";
import { submitOrder } from "./submit-order.ts";
import { whileHeld } from "./while-held.ts";

/**
 * Does the next thing for a claimed order: submit it, pay it, look at it, or search for it. Whatever goes wrong in
 * here is logged and leaves the order leased; once the lease has run out, somebody takes it again. The
 * caller renews the lease meanwhile.
 * @param options.goesOn a fresh order is paid in the same breath, under the same claim
 */
export async function workOnClaim(
  ctx: OrdersContext,
  claim: Claim,
  options: { goesOn?: boolean } = {},
): Promise<void> {
  const { orderId, correlationId, status } = claim;
  await ctx.reach?.("order_claimed");
  const own = { ...ctx, log: ctx.log.child({ orderId, correlationId }) };
  try {
    switch (status) {
      case "submitting": {
        const kept = await submitOrder(own, claim, options.goesOn);
        if (kept) await payOrder(own, kept);
        return;
      }
      case "awaiting_payment":
        await payOrder(own, claim);
        return;
      case "paid":
      case "processing":
      case "partial":
      case "completed":
      case "cancelled":
      case "failed":
      case "refunded":
        await lookAtOrder(own, claim);
        return;
      case "unconfirmed":
        await searchOrder(own, claim);
        return;
      case "rejected":
        throw new Error(`An order in ${status} has nothing to be worked on.`);
    }
  } catch (error) {
    own.log.error({ err: error, status }, "work on an order failed");
  } finally {
    await giveBackCalls(own, claim).catch((error) =>
      own.log.warn({ err: error }, "calls that were not made could not be given back"),
    );
  }
}

/**
 * Takes one order as far as it goes without waiting: after a click, so that nobody waits for the
 * engine's next round. Does nothing while it isn't due, or somebody else works on it.
 */
export async function workOnOrder(ctx: OrdersContext, orderId: string): Promise<void> {
  const claim = await claimOne(ctx, orderId);
  if (claim) await whileHeld(ctx, claim, () => workOnClaim(ctx, claim, { goesOn: true }));
}
