import type { OrdersContext } from "./context.ts";
import { NOT_CONNECTED_WAIT_MS } from "./poll-schedule.ts";
import { sendAttempt } from "./send-attempt.ts";
import { type Claim, release } from "./store.ts";

/**
 * Sends a placed order to the supplier, once. An unclear outcome leaves it `unconfirmed`; so does an
 * attempt that a dead process left open. Needs a claim on an order in `submitting`.
 */
export async function submitOrder(ctx: OrdersContext, claim: Claim): Promise<void> {
  const order = await ctx.db.order.findUniqueOrThrow({
    where: { id: claim.orderId },
    include: { items: { orderBy: { position: "asc" } } },
  });
  const account = ctx.suppliers.byId(order.supplierId);
  if (!account) return release(ctx, claim, NOT_CONNECTED_WAIT_MS);
  await sendAttempt(ctx, claim, account, "create", (supplier) =>
    supplier.createOrder({
      items: order.items.map((item) => ({
        productId: item.externalId,
        quantity: item.quantity,
        note: item.note as Record<string, string | number> | null,
      })),
      isMock: order.isMock,
      totalPrice: order.agreedTotal.toFixed(),
      currency: order.currency,
    }),
  );
}
