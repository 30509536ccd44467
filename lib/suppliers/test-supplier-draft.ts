import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { requireRecentProof } from "#lib/access/proof.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { SuppliersContext } from "./context.ts";
import { findAccount } from "./find-account.ts";
import { judgeSupplier } from "./judge-supplier.ts";
import { kindNamed } from "./kinds.ts";
import { isFromEnvironment, materialOf, openSecrets } from "./open-account.ts";
import type { NewSupplier, TriedSupplier } from "./room-types.ts";
import { tryConnection } from "./try-connection.ts";

/**
 * Calls an account as a form stands; nothing is kept. With an id it is one that is there already, and secrets
 * that are left out are the kept ones. Throws `forbidden`, `proof_needed` or `not_found`.
 */
export async function testSupplierDraft(
  ctx: SuppliersContext,
  actor: Actor,
  { id, kind: kindName, slug, ...input }: NewSupplier & { id?: string },
  _request: RequestFacts,
): Promise<TriedSupplier> {
  requirePermission(actor, "suppliers.manage");
  requireRecentProof(ctx, actor);
  const found = id === undefined ? null : await findAccount(ctx.db, id);
  const kind = found?.kind ?? kindNamed(kindName);
  if (!kind) return { kind: "invalid", problems: [{ path: "kind", code: "required" }] };
  if (found && isFromEnvironment(ctx, found.row.slug)) {
    return { kind: "invalid", problems: [{ path: "config", code: "from_environment" }] };
  }
  const kept = found ? await openSecrets(ctx, found.row.secrets) : {};
  if (!kept) return { kind: "invalid", problems: [{ path: "secrets", code: "locked" }] };
  const before = found && { config: found.row.config, secrets: kept };
  const judged = await judgeSupplier(ctx, kind, input, before);
  if ("problems" in judged) return { kind: "invalid", problems: judged.problems };
  const given = Object.entries(judged.secrets).map(([name, value]) => [name, [value]]);
  const secrets = { ...kept, ...Object.fromEntries(given) };
  const row = { id: id ?? ctx.newId(), slug, name: judged.name };
  const tried = await tryConnection(ctx, row, materialOf(ctx, kind, judged.config, secrets));
  return { kind: "tried", tried };
}
