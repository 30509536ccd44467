import { clearOrderSignals } from "#lib/orders/clear-order-signals.ts";
import type { Core } from "#lib/platform/core.ts";
import { PATIENT } from "#lib/platform/db.ts";

/** Orders that one transaction holds. */
const AT_ONCE = 500;

/**
 * Clears what somebody has dealt with, as part of so many that his decision didn't clear them: they count as over
 * (`is_settled`) and stand. Any number of processes may do so at once. `again` where there may be more.
 */
export async function clearDealtWith(core: Core): Promise<"done" | "again"> {
  const [first] = await core.db.$queryRaw<{ alertId: string }[]>`
    select alert_id::text as "alertId" from order_signals
    where cleared_at is null and is_settled and alert_id is not null limit 1`;
  if (!first) return "done";
  const { alertId } = first;
  await core.db.$transaction(async (tx) => {
    const left = await tx.$queryRaw<{ id: string; orderId: string }[]>`
      select id::text, order_id::text as "orderId" from order_signals
      where alert_id = ${alertId}::uuid and cleared_at is null and is_settled limit ${AT_ONCE}::int`;
    const decision = await tx.alertEntry.findFirst({
      where: { alertId, kind: "resolved", actorName: { not: null } },
      orderBy: { id: "desc" },
      select: { actorName: true, note: true },
    });
    const actor = decision?.actorName;
    await clearOrderSignals(tx, core, left, actor ? { actor, reason: decision?.note ?? "" } : null);
  }, PATIENT);
  return "again";
}
