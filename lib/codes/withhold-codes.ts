import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import { openSystemSignal } from "#lib/signals/system-signals.ts";
import type { SignalData } from "#lib/signals/types.ts";
import { STOCKED_STATES } from "./lifecycle.ts";

/**
 * These orders came to nothing: their codes are given to nobody any more. A person is told of those that a
 * customer has already. The caller holds the orders' row locks.
 */
export async function withholdCodes(
  tx: Tx,
  core: Pick<Core, "now" | "newId">,
  orderIds: string[],
): Promise<void> {
  // Locked in the order of all others, so that two can't wait for each other.
  await tx.$executeRaw`
    with held as materialized (
      select id from codes where order_id = any(${orderIds}::uuid[]) and state = any(${STOCKED_STATES}::code_state[])
      order by id for no key update)
    update codes c set state = 'withheld', state_changed_at = ${core.now()} from held where c.id = held.id`;
  // A statement of its own: whoever handed one out meanwhile had the code's lock, and has committed.
  const gone = await tx.code.groupBy({
    by: ["orderId", "isMock"],
    where: { orderId: { in: orderIds }, state: "handed_out" },
    _count: true,
  });
  for (const { orderId, isMock, _count: codes } of gone) {
    if (orderId === null) continue;
    const data: SignalData = isMock ? { codes, isMock } : { codes };
    await openSystemSignal(tx, core, "handed_out_of_failed_order", orderId, data);
  }
}
