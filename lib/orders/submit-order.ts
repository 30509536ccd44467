import { type Claim, release } from "./claims.ts";
import type { OrdersContext } from "./context.ts";
import { balanceBefore, noteBalanceAfter } from "./learn-from-balance.ts";
import { NOT_CONNECTED_WAIT_MS, SUBMIT_GIVE_UP_MS } from "./poll-schedule.ts";
import { recordObservations } from "./record-observations.ts";
import { sendAttempt } from "./send-attempt.ts";

/**
 * Sends a placed order to the supplier, once. Where creating may cost, an unclear outcome leaves it
 * `unconfirmed`; so does an attempt that a dead process left open. Where creating is free it is made
 * again a few times. One that nobody came round to sending for too long is
 * rejected unsent: whoever placed it has long stopped waiting, and prices move. Needs a claim on an order
 * in `submitting`.
 * @param goesOn the caller pays it at once where that can be done
 * @returns the claim to pay it under; null where the order was given back
 */
export async function submitOrder(
  ctx: OrdersContext,
  claim: Claim,
  goesOn = false,
): Promise<Claim | null> {
  const order = await ctx.db.order.findUniqueOrThrow({
    where: { id: claim.orderId },
    include: {
      items: { orderBy: { position: "asc" } },
      attempts: { select: { outcome: true, resolution: true } },
    },
  });
  const isUnsent = order.attempts.every(
    ({ outcome, resolution }) => outcome === "refused" || resolution === "not_created",
  );
  if (isUnsent && ctx.now().getTime() - order.statusChangedAt.getTime() >= SUBMIT_GIVE_UP_MS) {
    await giveUp(ctx, claim);
    return null;
  }
  const account = ctx.suppliers.byId(order.supplierId);
  if (!account) {
    await release(ctx, claim, NOT_CONNECTED_WAIT_MS);
    return null;
  }
  const before = await balanceBefore(ctx, account, order);
  const since = ctx.now();
  const asked = {
    reference: order.id,
    items: order.items.map((item) => ({
      productId: item.externalId,
      quantity: item.quantity,
      note: item.note as Record<string, string | number> | null,
    })),
    isMock: order.isMock,
    totalPrice: order.agreedTotal.toFixed(),
    currency: order.currency,
  };
  const recorded = await sendAttempt(
    ctx,
    claim,
    account,
    "create",
    (supplier, limits) => supplier.createOrder(asked, limits),
    goesOn,
  );
  if (before !== null) await noteBalanceAfter(ctx, account, order, "create", before, since);
  return recorded?.keptLease ? { ...claim, status: recorded.status } : null;
}

async function giveUp(ctx: OrdersContext, { orderId, leaseToken }: Claim): Promise<void> {
  const detail = "Given up: it had waited for too long, and no order exists at the supplier.";
  const refusal = { class: "transient", code: null, detail, httpStatus: null } as const;
  const answer = { kind: "refused", refusal } as const;
  await recordObservations(ctx, [
    { orderId, source: "create", answer, attemptId: null, leaseToken },
  ]);
}
