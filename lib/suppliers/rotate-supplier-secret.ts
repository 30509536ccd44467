import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { requireRecentProof } from "#lib/access/proof.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import { notify } from "#lib/platform/notify.ts";
import type { SuppliersContext } from "./context.ts";
import { findAccount, lockAccount } from "./find-account.ts";
import { newSecret, secretProblem } from "./judge-supplier.ts";
import { isFromEnvironment, materialOf, openSecrets } from "./open-account.ts";
import { replaceSecrets } from "./replace-secrets.ts";
import type { RotatedSupplierSecret, SecretRotation, TriedConnection } from "./room-types.ts";
import { isUsable, tryConnection } from "./try-connection.ts";

/**
 * Gives an account another key or secret, or its first. A key of ours is tried before it takes the place of
 * the one before; calls under way end with the old one. A secret that proves the supplier is joined by the one
 * before for 24 hours; `atOnce` ends that. Throws `forbidden`, `proof_needed` or `not_found`.
 */
export async function rotateSupplierSecret(
  ctx: SuppliersContext,
  actor: Actor,
  { id, name, value: typed, atOnce }: SecretRotation,
  request: RequestFacts,
): Promise<RotatedSupplierSecret> {
  requirePermission(actor, "suppliers.manage");
  requireRecentProof(ctx, actor);
  const { row, kind } = await findAccount(ctx.db, id);
  const invalid = (code: string): RotatedSupplierSecret => ({
    kind: "invalid",
    problems: [{ path: `secrets.${name}`, code }],
  });
  const field = kind.secrets.find((one) => one.name === name);
  if (!field) return invalid("wrong");
  if (isFromEnvironment(ctx, row.slug)) return invalid("from_environment");
  const parsed = kind.config.safeParse(row.config);
  if (!parsed.success) return { kind: "invalid", problems: [{ path: "config", code: "wrong" }] };
  const given = typed?.trim() || null;
  const wrong = secretProblem(kind, parsed.data, name, given);
  if (wrong !== null) return invalid(wrong);
  if (given === null && !field.isGenerated) return invalid("required");
  const value = given ?? newSecret();
  let tried: TriedConnection | null = null;
  if (field.proves === "us") {
    // One that doesn't open any more is what this may be about: the others are tried with, where they do.
    const others = row.secrets.filter((one) => one.name !== name);
    const kept = await openSecrets(ctx, others);
    if (!kept) return { kind: "invalid", problems: [{ path: "secrets", code: "locked" }] };
    const material = materialOf(ctx, kind, parsed.data, { ...kept, [name]: [value] });
    tried = await tryConnection(ctx, row, material);
    if (!isUsable(tried)) return { kind: "unusable", tried };
  }
  await ctx.sealer.ready();
  const oldUntil = await ctx.db.$transaction(async (tx) => {
    const { row: now } = await lockAccount(tx, id);
    const change = { row: now, kind, secrets: { [name]: value }, atOnce };
    const until = await replaceSecrets(tx, ctx, actor, change);
    await tx.supplier.update({ where: { id }, data: { revision: { increment: 1 } } });
    await appendAuditEntry(tx, ctx, actor, {
      action: "supplier.secret_rotated",
      objectKind: "supplier",
      objectId: id,
      details: { supplier: row.slug, secret: name, oldUntil: until?.toISOString() ?? null },
      ...request,
    });
    await notify(tx, ["suppliers", "work"]);
    return until;
  });
  await ctx.suppliers.refresh(ctx);
  return {
    kind: "rotated",
    made: given === null ? value : null,
    oldUntil: oldUntil?.toISOString() ?? null,
    tried,
  };
}
