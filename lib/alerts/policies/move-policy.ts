import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import { changedAt, changePolicies, findPolicy, type PolicyContext } from "./change-policies.ts";

/**
 * Puts a policy one place up or down: the first that fits an alert is its own. At the end it stays where it is.
 * Throws `forbidden`, `not_found`, or `conflict` where somebody else changed it meanwhile.
 */
export async function movePolicy(
  ctx: PolicyContext,
  actor: Actor,
  { id, version, by }: { id: string; version: string; by: -1 | 1 },
  request: RequestFacts,
): Promise<void> {
  requirePermission(actor, "alerts.configure");
  await changePolicies(ctx, async (tx, now) => {
    const before = await findPolicy(tx, id, version);
    const { name } = before;
    const all = await tx.escalationPolicy.findMany({
      where: { deletedAt: null },
      orderBy: [{ place: "asc" }, { id: "asc" }],
      select: { id: true },
    });
    const from = all.findIndex((row) => row.id === id);
    const other = all[from + by];
    if (!other) return;
    all[from + by] = { id };
    all[from] = other;
    for (const [place, row] of all.entries()) {
      const isMoved = row.id === id;
      await tx.escalationPolicy.update({
        where: { id: row.id },
        data: { place, ...(isMoved ? { updatedAt: changedAt(before, now) } : {}) },
      });
    }
    await appendAuditEntry(tx, ctx, actor, {
      action: "escalation_policy.moved",
      objectKind: "escalation_policy",
      objectId: id,
      details: { name, place: from + by + 1 },
      ...request,
    });
  });
}
