import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import { changePolicies, findPolicy, type PolicyContext } from "./change-policies.ts";

/**
 * Takes a policy away: alerts that went by it begin with the next one that fits, or nobody is told of them any more.
 * Throws `forbidden`, `not_found`, or `conflict` where somebody else changed it meanwhile.
 */
export async function deletePolicy(
  ctx: PolicyContext,
  actor: Actor,
  { id, version }: { id: string; version: string },
  request: RequestFacts,
): Promise<void> {
  requirePermission(actor, "alerts.configure");
  await changePolicies(ctx, async (tx, now) => {
    const { name } = await findPolicy(tx, id, version);
    await tx.escalationPolicy.update({ where: { id }, data: { deletedAt: now, updatedAt: now } });
    await appendAuditEntry(tx, ctx, actor, {
      action: "escalation_policy.deleted",
      objectKind: "escalation_policy",
      objectId: id,
      details: { name },
      ...request,
    });
  });
}
