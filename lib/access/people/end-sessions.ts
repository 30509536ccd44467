import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { isUuid } from "#lib/platform/ids.ts";
import { type Actor, requirePermission } from "../actor.ts";
import { requireRecentProof } from "../proof.ts";
import { lockPerson } from "./lock-person.ts";

/**
 * Ends one session of a person, or all but the one that asks. Everybody may end his own; those of others want
 * `people.manage` and a recent proof. Answers how many ended. Throws `forbidden`, `proof_needed` or `not_found`.
 */
export async function endSessions(
  core: Core,
  actor: Actor,
  of: { userId: string; sessionId?: string },
  request: RequestFacts,
): Promise<number> {
  const isOwn = actor.kind === "user" && actor.id === of.userId;
  if (!isOwn) {
    requirePermission(actor, "people.manage");
    requireRecentProof(core, actor);
  }
  if (!isUuid(of.userId) || (of.sessionId !== undefined && !isUuid(of.sessionId))) {
    throw new KeyholdError("not_found", "no such session");
  }
  const keep = isOwn && of.sessionId === undefined ? [actor.sessionId] : [];
  return core.db.$transaction(async (tx) => {
    if (!isOwn) await lockPerson(tx, actor, of.userId);
    const { count } = await tx.session.updateMany({
      where: {
        ...{ userId: of.userId, revokedAt: null },
        id: { notIn: keep, ...(of.sessionId && { equals: of.sessionId }) },
      },
      data: { revokedAt: core.now() },
    });
    if (count > 0) {
      await appendAuditEntry(tx, core, actor, {
        action: "user.sessions-ended",
        objectKind: "user",
        objectId: of.userId,
        details: { count, session: of.sessionId ?? null },
        ...request,
      });
    }
    return count;
  });
}
