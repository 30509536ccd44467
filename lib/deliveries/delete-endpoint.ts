import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import { notify } from "#lib/platform/notify.ts";
import { reasonText } from "#lib/platform/reason.ts";
import type { EndpointContext } from "./endpoint-context.ts";
import { lockEndpoint } from "./find-endpoint.ts";

/** The sweep ends the rest, so that nobody waits for a million rows. */
const ENDED_AT_ONCE = 1_000;

/**
 * Takes an endpoint away: nothing is sent to it once this has committed, except what is on its way. What waited
 * for it ends as `not_apply`. Its secrets are gone; what it was told stays on record. Throws `forbidden`,
 * `invalid` (no reason) or `not_found`.
 */
export async function deleteEndpoint(
  ctx: Pick<EndpointContext, "db" | "now" | "channels">,
  actor: Actor,
  id: string,
  why: string,
  request: RequestFacts,
): Promise<void> {
  requirePermission(actor, "endpoints.manage");
  const reason = reasonText(why);
  await ctx.db.$transaction(async (tx) => {
    const { name, channel } = await lockEndpoint(tx, id);
    const now = ctx.now();
    await tx.endpoint.update({
      where: { id },
      data: { deletedAt: now, updatedAt: now, secrets: null },
    });
    const ended = await tx.$executeRaw`
      update deliveries set state = 'not_apply', reason = 'endpoint_deleted', next_attempt_at = null, finished_at = ${now}
      where id in (
        select id from deliveries
        where endpoint_id = ${id}::uuid and state = 'pending' and lease_token is null
        order by id limit ${ENDED_AT_ONCE} for update skip locked)`;
    await appendAuditEntry(tx, ctx, actor, {
      action: "endpoint.deleted",
      objectKind: "endpoint",
      objectId: id,
      reason,
      details: { name, channel, ended },
      ...request,
    });
    await notify(tx, ["endpoints", "deliveries"]);
  });
  await ctx.channels.close(id);
}
