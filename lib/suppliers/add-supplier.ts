import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { requireRecentProof } from "#lib/access/proof.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import { notify } from "#lib/platform/notify.ts";
import type { SuppliersContext } from "./context.ts";
import { judgeSupplier } from "./judge-supplier.ts";
import { keepSecrets } from "./keep-secrets.ts";
import { kindNamed } from "./kinds.ts";
import { materialOf } from "./open-account.ts";
import type { AddedSupplier, NewSupplier } from "./room-types.ts";
import { isUsable, tryConnection } from "./try-connection.ts";

/** It stands in the address that its messages are sent to, and of its page, beside `new` and `inbox`. */
const SLUG = /^(?!(?:new|inbox)$)[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/;

/**
 * Sets an account up, once it has answered. It is used by every process from then on. Throws `forbidden` or
 * `proof_needed`.
 */
export async function addSupplier(
  ctx: SuppliersContext,
  actor: Actor,
  { kind: kindName, slug, ...input }: NewSupplier,
  request: RequestFacts,
): Promise<AddedSupplier> {
  requirePermission(actor, "suppliers.manage");
  requireRecentProof(ctx, actor);
  const kind = kindNamed(kindName);
  if (!kind) return { kind: "invalid", problems: [{ path: "kind", code: "required" }] };
  const slugProblem = { path: "slug", code: slug === "" ? "required" : "slug" };
  const problems = SLUG.test(slug) ? [] : [slugProblem];
  const judged = await judgeSupplier(ctx, kind, input, null);
  if ("problems" in judged) {
    return { kind: "invalid", problems: [...problems, ...judged.problems] };
  }
  const taken: AddedSupplier = { kind: "invalid", problems: [{ path: "slug", code: "taken" }] };
  if (problems.length > 0) return { kind: "invalid", problems };
  if (await ctx.db.supplier.findUnique({ where: { slug }, select: { id: true } })) return taken;
  const { name, config, given, secrets, made } = judged;
  const id = ctx.newId();
  const material = materialOf(ctx, kind, config, listed(secrets));
  const tried = await tryConnection(ctx, { id, slug, name }, material);
  if (!isUsable(tried)) return { kind: "unusable", tried };
  await ctx.sealer.ready();
  const isAdded = await ctx.db.$transaction(async (tx) => {
    // The slug's unique index settles it between two who add it at once.
    const added = await tx.$executeRaw`
      insert into suppliers (id, slug, kind, name, config, created_at)
      values (${id}::uuid, ${slug}, ${kind.kind}, ${name}, ${JSON.stringify(given)}::jsonb, ${ctx.now()})
      on conflict (slug) do nothing`;
    if (added === 0) return false;
    await keepSecrets(tx, ctx, actor, id, secrets);
    if (kind.schedule) {
      // How its orders are looked at is `lib/polling`'s afterwards; this is but the default of its kind.
      const settings = JSON.stringify({ schedule: { preset: kind.schedule } });
      await tx.$executeRaw`
        insert into polling_plans (supplier_id, settings) values (${id}::uuid, ${settings}::jsonb)`;
    }
    await appendAuditEntry(tx, ctx, actor, {
      action: "supplier.added",
      objectKind: "supplier",
      objectId: id,
      details: { supplier: slug, kind: kind.kind, addresses: kind.addresses(config).join(", ") },
      ...request,
    });
    await notify(tx, ["suppliers", "work"]);
    return true;
  });
  if (!isAdded) return taken;
  await ctx.suppliers.refresh(ctx);
  return { kind: "added", id, slug, made, tried };
}

const listed = (secrets: Record<string, string>): Record<string, string[]> =>
  Object.fromEntries(Object.entries(secrets).map(([name, value]) => [name, [value]]));
