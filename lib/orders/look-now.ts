import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { isUuid } from "#lib/platform/ids.ts";
import { notify } from "#lib/platform/notify.ts";
import type { OrdersContext } from "./context.ts";
import { COOLING_KINDS, LOOK_COOLDOWN_MS } from "./poll-schedule.ts";
import { lockOrder } from "./store.ts";
import { writeTimeline } from "./write-timeline.ts";

/**
 * Makes an order due at once. Throws `not_found`, `conflict` when there is nothing left to look for or no way to,
 * and `too_soon` within the cool-down after a read of this order or a request for one, which spares the
 * supplier's rate limit. A list that showed it is no such read: somebody may have a reason to doubt it.
 */
export async function lookNow(ctx: OrdersContext, actor: Actor, orderId: string): Promise<void> {
  requirePermission(actor, "orders.look");
  if (!isUuid(orderId)) throw new KeyholdError("not_found", "no such order");
  const now = ctx.now();
  await requireReadable(ctx, orderId);
  const coolSince = new Date(now.getTime() - LOOK_COOLDOWN_MS);
  await ctx.db.$transaction(async (tx) => {
    // Two clicks at once: the second sees the first one's request.
    await lockOrder(tx, orderId);
    const due = await tx.$executeRaw`
      update orders set next_poll_at = date_trunc('milliseconds', now())
      where id = ${orderId}::uuid and next_poll_at is not null
        and not exists (
          select 1 from timeline_entries t
          where t.order_id = orders.id and t.kind = any(${COOLING_KINDS})
            and coalesce((t.data->>'lastAt')::timestamptz, t.at) > ${coolSince})`;
    if (due === 0) {
      const order = await tx.order.findUnique({
        where: { id: orderId },
        select: { nextPollAt: true },
      });
      if (!order) throw new KeyholdError("not_found", `order ${orderId}`);
      if (!order.nextPollAt) throw new KeyholdError("conflict", `order ${orderId} is finished`);
      throw new KeyholdError("too_soon", `order ${orderId} was just looked at`);
    }
    await writeTimeline(
      tx,
      ctx,
      orderId,
      [{ kind: "look_requested", data: {}, actor: actor.name }],
      now,
    );
    await notify(tx, [`order:${orderId}`, "work"]);
  });
}

/** Some suppliers tell, and can't be asked. */
async function requireReadable({ db, suppliers }: OrdersContext, orderId: string): Promise<void> {
  const order = await db.order.findUnique({
    where: { id: orderId },
    select: { supplierId: true, status: true },
  });
  const traits = order && suppliers.byId(order.supplierId)?.supplier.traits;
  const isAskable =
    order?.status === "unconfirmed" ? traits?.findsByReference : traits?.readsOrders;
  if (isAskable === false) {
    throw new KeyholdError("conflict", `the supplier of order ${orderId} can't be asked`);
  }
}
