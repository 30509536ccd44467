import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { requireRecentProof } from "#lib/access/proof.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { isUuid } from "#lib/platform/ids.ts";

/**
 * Ends a key for good: the next request with it is refused, and so is whichever it took the place of. Nothing
 * happens to one that is revoked already. Throws `forbidden`, `proof_needed` or `not_found`.
 */
export async function revokeKey(
  core: Core,
  actor: Actor,
  keyId: string,
  request: RequestFacts,
): Promise<void> {
  requirePermission(actor, "api_keys.manage");
  requireRecentProof(core, actor);
  if (!isUuid(keyId)) throw new KeyholdError("not_found", "no such key");
  await core.db.$transaction(async (tx) => {
    const { count } = await tx.apiKey.updateMany({
      where: { id: keyId, revokedAt: null },
      data: {
        revokedAt: core.now(),
        previousPrefix: null,
        previousHash: null,
        previousUntil: null,
        previousSeenById: null,
      },
    });
    if (count === 0) {
      const known = await tx.apiKey.count({ where: { id: keyId } });
      if (known === 0) throw new KeyholdError("not_found", `key ${keyId}`);
      return;
    }
    const { name, prefix } = await tx.apiKey.findUniqueOrThrow({ where: { id: keyId } });
    await appendAuditEntry(tx, core, actor, {
      action: "api_key.revoked",
      objectKind: "api_key",
      objectId: keyId,
      details: { name, prefix },
      ...request,
    });
  });
}
