import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { notify } from "#lib/platform/notify.ts";
import { reasonText } from "#lib/platform/reason.ts";
import { lockEndpoint } from "./find-endpoint.ts";

const COUNTED = 2_000;

/**
 * Stops sending to an endpoint; what is announced piles up. Once this has committed no try begins; those that
 * had begun end by themselves. Throws `forbidden`, `not_found`, `invalid` (the reason) or `conflict` (it is
 * paused).
 * @returns how many tries are under way
 */
export async function pauseEndpoint(
  core: Core,
  actor: Actor,
  { endpointId, reason: why }: { endpointId: string; reason: string },
  request: RequestFacts,
): Promise<{ underWay: number }> {
  requirePermission(actor, "deliveries.send");
  const reason = reasonText(why);
  return core.db.$transaction(async (tx) => {
    const { pausedAt, name } = await lockEndpoint(tx, endpointId);
    if (pausedAt !== null) throw new KeyholdError("conflict", `endpoint ${endpointId} is paused`);
    await tx.endpoint.update({
      where: { id: endpointId },
      data: { pausedAt: core.now(), pausedBy: actor.name, pauseReason: reason },
    });
    // What is under way is among the longest due; nobody claims while the rest is counted.
    const [row] = await tx.$queryRaw<{ underWay: number }[]>`
      select (count(*) filter (where lease_until > now()))::int as "underWay" from (
        select lease_until from deliveries where endpoint_id = ${endpointId}::uuid and state = 'pending'
        order by next_attempt_at, id limit ${COUNTED}::int) first`;
    const underWay = row?.underWay ?? 0;
    await appendAuditEntry(tx, core, actor, {
      action: "endpoint.paused",
      objectKind: "endpoint",
      objectId: endpointId,
      reason,
      details: { name, underWay },
      ...request,
    });
    await notify(tx, ["endpoints", "deliveries"]);
    return { underWay };
  });
}
