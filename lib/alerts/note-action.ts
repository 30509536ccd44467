import { type Actor, actorColumns, requirePermission } from "#lib/access/actor.ts";
import type { Core } from "#lib/platform/core.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { isUuid } from "#lib/platform/ids.ts";
import { notify } from "#lib/platform/notify.ts";
import { ALERT_KINDS, type AlertAction, type AlertKind } from "./alert-policy.ts";
import { writeEntries } from "./store.ts";

/**
 * Keeps in an alert's history that a button of its runbook was pressed; what that did has its own audit entry.
 * Throws `forbidden`, `not_found`, or `invalid` where its kind has no such button.
 */
export async function noteAction(
  core: Core,
  actor: Actor,
  { id: typed, action, orderId }: { id: string; action: AlertAction; orderId?: string | null },
): Promise<void> {
  requirePermission(actor, "alerts.act");
  const alertId = typed.toLowerCase();
  await core.db.$transaction(async (tx) => {
    const alert = isUuid(alertId)
      ? await tx.alert.findUnique({ where: { id: alertId }, select: { kind: true } })
      : null;
    if (!alert) throw new KeyholdError("not_found", `alert ${alertId}`);
    const actions: readonly AlertAction[] = ALERT_KINDS[alert.kind as AlertKind]?.actions ?? [];
    if (!actions.includes(action)) {
      throw new KeyholdError("invalid", `${alert.kind} has no button ${action}`);
    }
    const { actorId, actorName: name } = actorColumns(actor);
    const data = { action, ...(isUuid(orderId) ? { orderId } : {}) };
    await writeEntries(
      tx,
      core,
      [{ alertId, kind: "acted", actor: { id: actorId, name }, data }],
      core.now(),
    );
    await notify(tx, ["alerts"]);
  });
}
