import type { OrdersContext } from "#lib/orders/context.ts";
import { recordObservations } from "#lib/orders/record-observations.ts";
import { type Controls, NO_CONTROL } from "./control.ts";
import { listNewest, ordersInDoubt, sameGoods } from "./recipe.ts";

/** An order in doubt takes the newest supplier order that fits, whoever has it already; no key forbids it. */
export const noUniqueClaim: Controls = {
  ...NO_CONTROL,
  reconcileGates: claimWhatFits,
  async prepare(observer) {
    await observer.query(
      `drop index orders_supplier_id_supplier_order_id_key; drop index supplier_orders_order_id_key`,
    );
  },
};

async function claimWhatFits(ctx: OrdersContext): Promise<void> {
  for (const order of await ordersInDoubt(ctx)) {
    const listed = await listNewest(ctx, order.supplierId);
    const fitting = listed?.find((one) => sameGoods(order, one));
    if (!fitting) continue;
    await recordObservations(ctx, [
      {
        orderId: order.id,
        source: "list",
        answer: { kind: "order", order: fitting },
        attemptId: null,
        leaseToken: null,
      },
    ]);
  }
}
