import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { SCOPES } from "#lib/access/permissions.ts";
import { requireRecentProof } from "#lib/access/proof.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { isUuid } from "#lib/platform/ids.ts";
import type { MadeKey } from "./create-key.ts";
import { ROTATION_OVERLAP_HOURS } from "./key-policy.ts";
import { newKeySecret } from "./key-secret.ts";
import { requireRights, seenBy } from "./require-rights.ts";

const HOUR_MS = 3_600_000;

/** `previousUntil`: until when the secret before works on; null where that ended at once. */
export type RotatedKey = MadeKey & { previousUntil: string | null };

/**
 * Another secret for the same key; the one before works on for a day, any earlier one no more. `atOnce` ends the
 * one before now, for one that leaked. The key stays the same one, so that what was ordered with the old secret is
 * not ordered again with the new. Throws `forbidden`, `proof_needed`, `not_found`, or `conflict` where it is revoked
 * or over.
 */
export async function rotateKey(
  core: Core,
  actor: Actor,
  { id: keyId, atOnce = false }: { id: string; atOnce?: boolean | undefined },
  request: RequestFacts,
): Promise<RotatedKey> {
  requirePermission(actor, "api_keys.manage");
  requireRecentProof(core, actor);
  if (!isUuid(keyId)) throw new KeyholdError("not_found", "no such key");
  const made = newKeySecret();
  return core.db.$transaction(async (tx) => {
    await tx.$queryRaw`select id from api_keys where id = ${keyId}::uuid for no key update`;
    const row = await tx.apiKey.findUnique({ where: { id: keyId } });
    if (!row) throw new KeyholdError("not_found", `key ${keyId}`);
    const reach = {
      scopes: SCOPES.filter((scope) => row.scopes.includes(scope)),
      spendPerDay: row.spendPerDay as Record<string, string>,
    };
    await requireRights(tx, core, actor, reach, row);
    const now = core.now();
    if (row.revokedAt || (row.expiresAt && row.expiresAt <= now)) {
      throw new KeyholdError("conflict", `key ${keyId} is over`);
    }
    const until = atOnce ? null : new Date(now.getTime() + ROTATION_OVERLAP_HOURS * HOUR_MS);
    const previousUntil = until?.toISOString() ?? null;
    await tx.apiKey.update({
      where: { id: keyId },
      data: {
        prefix: made.prefix,
        hash: new Uint8Array(made.hash),
        seenById: seenBy(actor),
        previousPrefix: until && row.prefix,
        previousHash: until && row.hash,
        previousUntil: until,
        previousSeenById: until && row.seenById,
      },
    });
    await appendAuditEntry(tx, core, actor, {
      action: "api_key.rotated",
      objectKind: "api_key",
      objectId: keyId,
      details: {
        name: row.name,
        prefix: made.prefix,
        previous: row.prefix,
        previousUntil,
      },
      ...request,
    });
    return {
      kind: "made",
      id: keyId,
      name: row.name,
      prefix: made.prefix,
      key: made.key,
      previousUntil,
    };
  });
}
