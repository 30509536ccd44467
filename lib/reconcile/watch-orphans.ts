import type { OrdersContext } from "#lib/orders/context.ts";
import type { Tx } from "#lib/platform/db.ts";
import {
  clearSystemSignal,
  openSystemSignal,
  renewSystemSignal,
} from "#lib/signals/system-signals.ts";
import { MOST_ORPHANS_AN_HOUR } from "./list-schedule.ts";

const HOUR_MS = 60 * 60_000;

/** Tells of an hour with too many leftovers of lost creates, and anew of each time that as many have come since. */
export async function watchOrphans(
  tx: Tx,
  ctx: Pick<OrdersContext, "now" | "newId">,
  supplierId: string,
): Promise<void> {
  const key = "orphans_many";
  const countSince = (since: Date) =>
    tx.supplierOrder.count({
      where: { supplierId, attribution: "orphan", attributedAt: { gt: since } },
    });
  const hourAgo = new Date(ctx.now().getTime() - HOUR_MS);
  const count = await countSince(hourAgo);
  if (count <= MOST_ORPHANS_AN_HOUR) {
    await clearSystemSignal(tx, ctx, key, supplierId);
    return;
  }
  const told = await tx.systemSignal.findFirst({
    where: { key, subject: supplierId, clearedAt: null },
    select: { openedAt: true },
  });
  const since = told && told.openedAt > hourAgo ? await countSince(told.openedAt) : count;
  const tell = told && since > MOST_ORPHANS_AN_HOUR ? renewSystemSignal : openSystemSignal;
  await tell(tx, ctx, key, supplierId, { count });
}
