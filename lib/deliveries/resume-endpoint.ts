import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { notify } from "#lib/platform/notify.ts";
import { lockEndpoint } from "./find-endpoint.ts";

const MOST_COUNTED = 10_000;

/**
 * Sends to a paused endpoint again, also what has piled up. Throws `forbidden`, `not_found` or `conflict` (it
 * isn't paused).
 * @returns how many deliveries wait for it, up to 10,000
 */
export async function resumeEndpoint(
  core: Core,
  actor: Actor,
  endpointId: string,
  request: RequestFacts,
): Promise<{ waiting: number }> {
  requirePermission(actor, "deliveries.send");
  return core.db.$transaction(async (tx) => {
    const { pausedAt } = await lockEndpoint(tx, endpointId);
    if (pausedAt === null)
      throw new KeyholdError("conflict", `endpoint ${endpointId} is not paused`);
    return { waiting: await endPause(tx, core, actor, endpointId, request) };
  });
}

/** Of a locked endpoint, within the caller's transaction. */
export async function endPause(
  tx: Tx,
  core: Pick<Core, "now">,
  actor: Actor,
  endpointId: string,
  request: RequestFacts,
): Promise<number> {
  const { name } = await tx.endpoint.update({
    where: { id: endpointId },
    data: { pausedAt: null, pausedBy: null, pauseReason: null },
    select: { name: true },
  });
  // Counted under the endpoint's lock: while that takes, nobody claims for it.
  const waiting = await tx.delivery.count({
    where: { endpointId, state: "pending" },
    take: MOST_COUNTED,
  });
  await appendAuditEntry(tx, core, actor, {
    action: "endpoint.resumed",
    objectKind: "endpoint",
    objectId: endpointId,
    details: { name, waiting },
    ...request,
  });
  await notify(tx, ["endpoints", "deliveries", "outbox"]);
  return waiting;
}
