import type { Tx } from "#lib/platform/db.ts";
import { notify } from "#lib/platform/notify.ts";

/** Tells open pages that something became of a hand-out: those of codes, and of the orders they came from. */
export async function notifyHandOut(tx: Tx, handOutId: string): Promise<void> {
  const orders = await tx.code.findMany({
    where: { handOutId, orderId: { not: null } },
    distinct: ["orderId"],
    select: { orderId: true },
  });
  await notify(tx, ["codes", ...orders.map(({ orderId }) => `order:${orderId}` as const)]);
}
