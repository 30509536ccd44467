import type { OrdersContext } from "#lib/orders/context.ts";
import type { Tx } from "#lib/platform/db.ts";
import {
  clearSystemSignal,
  openSystemSignal,
  renewSystemSignal,
} from "#lib/signals/system-signals.ts";

/**
 * One signal an account, for as long as any of its orders is nobody's. With `isMore` one has joined them: that is
 * told of anew, whatever somebody has made of those before.
 */
export async function tellUnattributed(
  tx: Tx,
  ctx: Pick<OrdersContext, "now" | "newId">,
  supplierId: string,
  { isMore }: { isMore: boolean },
): Promise<void> {
  const key = "unattributed_supplier_order";
  const count = await tx.supplierOrder.count({
    where: { supplierId, attribution: null, alertedAt: { not: null } },
  });
  if (count === 0) {
    await clearSystemSignal(tx, ctx, key, supplierId);
    return;
  }
  const tell = isMore ? renewSystemSignal : openSystemSignal;
  await tell(tx, ctx, key, supplierId, { count });
}
