import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { requireRecentProof } from "#lib/access/proof.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { notify } from "#lib/platform/notify.ts";
import { newSigningSecret } from "./complete-secrets.ts";
import type { EndpointContext } from "./endpoint-context.ts";
import { OVERLAP_MS } from "./endpoint-limits.ts";
import type { ChannelSecrets } from "./endpoint-schema.ts";
import { lockEndpoint } from "./find-endpoint.ts";
import { openEndpoint, sealSecrets } from "./open-endpoint.ts";

export type RotatedSecret = {
  /** Told this once. */
  secret: string;
  /** Until when messages are signed with the one before, too; null where that ended at once. */
  oldUntil: string | null;
};

/**
 * Gives a webhook another signing secret. For 24 hours messages are signed with both, so that receivers can change
 * over one by one; `atOnce` ends the old one now, for one that leaked. Of two rotations within that time only the
 * later goes on with the one before it. Throws `forbidden`, `proof_needed`, `not_found`, or `invalid` where the
 * channel signs nothing.
 */
export async function rotateSecret(
  ctx: EndpointContext,
  actor: Actor,
  { id, atOnce = false }: { id: string; atOnce?: boolean | undefined },
  request: RequestFacts,
): Promise<RotatedSecret> {
  requirePermission(actor, "endpoints.manage");
  requireRecentProof(ctx, actor);
  await ctx.sealer.ready();
  const rotated = await ctx.db.$transaction(async (tx) => {
    const row = await lockEndpoint(tx, id);
    if (row.channel !== "webhook") throw new KeyholdError("invalid", "only webhooks are signed");
    const secrets = (await openEndpoint(ctx, row)).secrets as ChannelSecrets<"webhook">;
    const now = ctx.now();
    const secret = newSigningSecret();
    const oldUntil = atOnce ? null : new Date(now.getTime() + OVERLAP_MS).toISOString();
    const [before] = secrets.signing;
    const signing = [
      { id: ctx.newId(), secret, createdAt: now.toISOString(), expiresAt: null },
      ...(before && oldUntil !== null ? [{ ...before, expiresAt: oldUntil }] : []),
    ];
    await tx.endpoint.update({
      where: { id },
      data: { secrets: sealSecrets(ctx.sealer, id, { ...secrets, signing }), updatedAt: now },
    });
    await appendAuditEntry(tx, ctx, actor, {
      action: "endpoint.secret_rotated",
      objectKind: "endpoint",
      objectId: id,
      details: { name: row.name, oldUntil },
      ...request,
    });
    await notify(tx, ["endpoints"]);
    return { secret, oldUntil };
  });
  await ctx.channels.close(id);
  return rotated;
}
