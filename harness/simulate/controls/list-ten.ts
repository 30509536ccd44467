import type { OrdersContext } from "#lib/orders/context.ts";
import { recordObservations } from "#lib/orders/record-observations.ts";
import { type Controls, NO_CONTROL } from "./control.ts";
import { listNewest, ordersInDoubt, sameGoods } from "./recipe.ts";

/** "List the last ten, adopt what fits, else create again": what everybody writes first. */
export const listTen: Controls = { ...NO_CONTROL, reconcileGates: adoptOrCreateAgain };

async function adoptOrCreateAgain(ctx: OrdersContext): Promise<void> {
  for (const order of await ordersInDoubt(ctx)) {
    const listed = await listNewest(ctx, order.supplierId);
    if (listed === null) continue;
    const owned = await ctx.db.order.findMany({
      where: { supplierOrderId: { not: null } },
      select: { supplierOrderId: true },
    });
    const taken = new Set(owned.map(({ supplierOrderId }) => supplierOrderId));
    const fitting = listed
      .slice(0, 10)
      .find((one) => sameGoods(order, one) && !taken.has(one.supplierOrderId));
    const about = { orderId: order.id, source: "list", attemptId: null, leaseToken: null } as const;
    const answer = fitting
      ? ({ kind: "order", order: fitting } as const)
      : ({ kind: "not_created" } as const);
    await recordObservations(ctx, [{ ...about, answer }]);
  }
  await ctx.db.$executeRaw`
    update placement_gates set frozen_at = null, next_pass_at = null, waits_for = null, waits_why = null`;
}
