import { z } from "zod";
import type { OrdersContext } from "#lib/orders/context.ts";
import type { Tx } from "#lib/platform/db.ts";
import {
  clearSystemSignal,
  openSystemSignal,
  renewSystemSignal,
} from "#lib/signals/system-signals.ts";
import { MOST_ORPHANS_AN_HOUR } from "./list-schedule.ts";

const HOUR_MS = 60 * 60_000;

/**
 * Tells of an hour with too many leftovers of lost creates, and anew of each time that as many have come since: by
 * how many there were in all when it was told, since its time is another process's than theirs.
 */
export async function watchOrphans(
  tx: Tx,
  ctx: Pick<OrdersContext, "now" | "newId">,
  supplierId: string,
): Promise<void> {
  const key = "orphans_many";
  const orphans = { supplierId, attribution: "orphan" };
  const hourAgo = new Date(ctx.now().getTime() - HOUR_MS);
  const count = await tx.supplierOrder.count({
    where: { ...orphans, attributedAt: { gt: hourAgo } },
  });
  if (count <= MOST_ORPHANS_AN_HOUR) {
    await clearSystemSignal(tx, ctx, key, supplierId);
    return;
  }
  const told = await tx.systemSignal.findFirst({
    where: { key, subject: supplierId, clearedAt: null },
    select: { data: true },
  });
  const inAll = await tx.supplierOrder.count({ where: orphans });
  const before = told ? inAllOf(told.data) : inAll;
  const isMore = inAll - before > MOST_ORPHANS_AN_HOUR;
  const tell = isMore ? renewSystemSignal : openSystemSignal;
  await tell(tx, ctx, key, supplierId, { count, inAll: isMore ? inAll : before });
}

const inAllOf = (data: unknown): number =>
  z.object({ inAll: z.number() }).catch({ inAll: 0 }).parse(data).inAll;
