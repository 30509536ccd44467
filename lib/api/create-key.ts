import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { requireRecentProof } from "#lib/access/proof.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import { type NewKeyField, newKeySchema } from "./key-input.ts";
import { newKeySecret } from "./key-secret.ts";
import { requireRights, seenBy } from "./require-rights.ts";

const DAY_MS = 86_400_000;

/** `key` is told this once. */
export type MadeKey = { kind: "made"; id: string; name: string; prefix: string; key: string };

export type CreateKeyResult = MadeKey | { kind: "invalid"; fields: NewKeyField[] };

/**
 * Makes a key for a storefront or a bot, with no more rights than whoever makes it has, nor more to spend. Throws `forbidden` or
 * `proof_needed`.
 */
export async function createKey(
  core: Core,
  actor: Actor,
  input: unknown,
  request: RequestFacts,
): Promise<CreateKeyResult> {
  requirePermission(actor, "api_keys.manage");
  requireRecentProof(core, actor);
  const parsed = newKeySchema.safeParse(input);
  if (!parsed.success) {
    const fields = parsed.error.issues.map(({ path }) => (path[0] ?? "name") as NewKeyField);
    return { kind: "invalid", fields: [...new Set(fields)] };
  }
  const { expiresInDays, ...wanted } = parsed.data;
  const id = core.newId();
  const createdAt = core.now();
  const expiresAt =
    expiresInDays === null ? null : new Date(createdAt.getTime() + expiresInDays * DAY_MS);
  const { key, prefix, hash } = newKeySecret();
  await core.db.$transaction(async (tx) => {
    await requireRights(tx, core, actor, wanted);
    await tx.apiKey.create({
      data: {
        id,
        ...wanted,
        prefix,
        hash: new Uint8Array(hash),
        createdAt,
        createdBy: actor.name,
        createdById: seenBy(actor),
        seenById: seenBy(actor),
        expiresAt,
      },
    });
    await appendAuditEntry(tx, core, actor, {
      action: "api_key.created",
      objectKind: "api_key",
      objectId: id,
      details: {
        name: wanted.name,
        prefix,
        scopes: wanted.scopes.join(" "),
        allowedFrom: wanted.allowedFrom.join(" ") || null,
        ratePerMinute: wanted.ratePerMinute,
        expiresAt: expiresAt?.toISOString() ?? null,
        spendPerDay: JSON.stringify(wanted.spendPerDay),
        ownOrdersOnly: wanted.ownOrdersOnly,
      },
      ...request,
    });
  });
  return { kind: "made", id, name: wanted.name, prefix, key };
}
