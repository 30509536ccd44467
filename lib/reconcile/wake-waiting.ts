import { dueNow } from "#lib/orders/due-now.ts";
import type { GateKey } from "#lib/placement/gates.ts";
import type { Tx } from "#lib/platform/db.ts";
import { notify } from "#lib/platform/notify.ts";

/** Orders that waited for their basket's gate are due at once. */
export async function wakeWaiting(tx: Tx, { supplierId, fingerprint }: GateKey): Promise<void> {
  const waiting = await tx.order.findMany({
    where: { supplierId, fingerprint, status: "submitting" },
    select: { id: true },
    orderBy: { id: "asc" },
  });
  await dueNow(
    tx,
    waiting.map(({ id }) => id),
  );
  await notify(tx, ["work"]);
}
