import type { OrdersContext } from "#lib/orders/context.ts";
import type { Tx } from "#lib/platform/db.ts";
import {
  clearSystemSignal,
  openSystemSignal,
  renewSystemSignal,
} from "#lib/signals/system-signals.ts";

/**
 * One signal an account, for as long as any of its orders is nobody's; each further one is told of anew, whatever
 * somebody has made of those before.
 */
export async function tellUnattributed(
  tx: Tx,
  ctx: Pick<OrdersContext, "now" | "newId">,
  supplierId: string,
): Promise<void> {
  const key = "unattributed_supplier_order";
  const { _count: count, _max: newest } = await tx.supplierOrder.aggregate({
    where: { supplierId, attribution: null, alertedAt: { not: null } },
    _count: true,
    _max: { alertedAt: true },
  });
  if (count === 0 || newest.alertedAt === null) {
    await clearSystemSignal(tx, ctx, key, supplierId);
    return;
  }
  const told = await tx.systemSignal.findFirst({
    where: { key, subject: supplierId, clearedAt: null },
    select: { openedAt: true },
  });
  const isMore = told !== null && newest.alertedAt > told.openedAt;
  const tell = isMore ? renewSystemSignal : openSystemSignal;
  await tell(tx, ctx, key, supplierId, { count });
}
