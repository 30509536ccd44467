import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import { reasonText } from "#lib/platform/reason.ts";
import { type Actor, requirePermission } from "../actor.ts";
import { requireRecentProof } from "../proof.ts";
import { keysSeenBy } from "./keys-seen-by.ts";
import { isLastOwner, lockPerson } from "./lock-person.ts";
import type { SeenKey } from "./types.ts";
import { endUserLinks } from "./user-link.ts";

export type DisableResult =
  /** With the API keys that he was shown: they go on until somebody ends or replaces them. */
  { kind: "disabled"; keys: SeenKey[] } | { kind: "last_owner" };

/**
 * Somebody comes in no more: his sessions end with the very next request, and no link leads to him. Done twice it is
 * done once. Throws `forbidden`, `proof_needed`, `not_found` or `invalid` (reason).
 */
export async function disableUser(
  core: Core,
  actor: Actor,
  input: { id: string; reason: string },
  request: RequestFacts,
): Promise<DisableResult> {
  requirePermission(actor, "people.manage");
  requireRecentProof(core, actor);
  const reason = reasonText(input.reason);
  return core.db.$transaction(async (tx): Promise<DisableResult> => {
    const user = await lockPerson(tx, actor, input.id);
    const keys = await keysSeenBy(tx, core, user.id);
    if (user.disabledAt) return { kind: "disabled", keys };
    if (await isLastOwner(tx, user)) return { kind: "last_owner" };
    const now = core.now();
    await tx.user.update({ where: { id: user.id }, data: { disabledAt: now } });
    await tx.session.updateMany({
      where: { userId: user.id, revokedAt: null },
      data: { revokedAt: now },
    });
    await endUserLinks(tx, user.id, now);
    await appendAuditEntry(tx, core, actor, {
      action: "user.disabled",
      objectKind: "user",
      objectId: user.id,
      reason,
      ...(keys.length > 0 ? { details: { keys: keys.map(({ prefix }) => prefix).join(" ") } } : {}),
      ...request,
    });
    return { kind: "disabled", keys };
  });
}

/** Somebody may come in again, as who he was; he signs in anew. Throws `forbidden`, `proof_needed` or `not_found`. */
export async function enableUser(
  core: Core,
  actor: Actor,
  userId: string,
  request: RequestFacts,
): Promise<void> {
  requirePermission(actor, "people.manage");
  requireRecentProof(core, actor);
  await core.db.$transaction(async (tx) => {
    const user = await lockPerson(tx, actor, userId);
    if (!user.disabledAt) return;
    await tx.user.update({ where: { id: user.id }, data: { disabledAt: null } });
    await appendAuditEntry(tx, core, actor, {
      action: "user.enabled",
      objectKind: "user",
      objectId: user.id,
      ...request,
    });
  });
}
