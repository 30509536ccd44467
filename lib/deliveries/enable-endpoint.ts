import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { notify } from "#lib/platform/notify.ts";
import { clearSystemSignal } from "#lib/signals/system-signals.ts";
import { lockEndpoint } from "./find-endpoint.ts";

/**
 * Switches an endpoint on again that was switched off by its failures or by saying that it is gone. What ended
 * meanwhile is not sent by itself: a `revive` job does that. Throws `forbidden`, `not_found` or `conflict` (it
 * is on).
 */
export async function enableEndpoint(
  core: Core,
  actor: Actor,
  endpointId: string,
  request: RequestFacts,
): Promise<void> {
  requirePermission(actor, "deliveries.send");
  await core.db.$transaction(async (tx) => {
    const { disabledAt, disabledWhy, name } = await lockEndpoint(tx, endpointId);
    if (disabledAt === null) throw new KeyholdError("conflict", `endpoint ${endpointId} is on`);
    await tx.endpoint.update({
      where: { id: endpointId },
      data: {
        disabledAt: null,
        disabledWhy: null,
        failures: 0,
        trips: 0,
        openUntil: null,
        warnedAt: null,
      },
    });
    await clearSystemSignal(tx, core, "endpoint_disabled", endpointId);
    await appendAuditEntry(tx, core, actor, {
      action: "endpoint.enabled",
      objectKind: "endpoint",
      objectId: endpointId,
      details: { name, why: disabledWhy },
      ...request,
    });
    await notify(tx, ["endpoints", "deliveries", "outbox"]);
  });
}
