import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { requireRecentProof } from "#lib/access/proof.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import { whatChanged } from "#lib/audit/what-changed.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { notify } from "#lib/platform/notify.ts";
import { accountFacts } from "./account-facts.ts";
import type { SuppliersContext } from "./context.ts";
import { findAccount, lockAccount } from "./find-account.ts";
import { judgeSupplier } from "./judge-supplier.ts";
import { isFromEnvironment, materialOf, openSecrets } from "./open-account.ts";
import { replaceSecrets } from "./replace-secrets.ts";
import type { EditedSupplier, SupplierEdit, TriedConnection } from "./room-types.ts";
import { isUsable, tryConnection } from "./try-connection.ts";

/**
 * Changes what an account is called and configured by, once it has answered like that. Calls under way come
 * to their end as they began. What the environment sets up keeps its configuration. Throws `forbidden`,
 * `proof_needed`, `not_found`, or `conflict` where somebody else came first.
 */
export async function editSupplier(
  ctx: SuppliersContext,
  actor: Actor,
  { id, revision, ...input }: SupplierEdit,
  request: RequestFacts,
): Promise<EditedSupplier> {
  requirePermission(actor, "suppliers.manage");
  requireRecentProof(ctx, actor);
  const { row, kind } = await findAccount(ctx.db, id);
  if (row.revision !== revision) throw new KeyholdError("conflict", `${row.slug} was changed`);
  const isFixed = isFromEnvironment(ctx, row.slug);
  const secrets = await openSecrets(ctx, row.secrets);
  if (!secrets) return { kind: "invalid", problems: [{ path: "secrets", code: "locked" }] };
  const wish = isFixed ? { name: input.name, config: row.config as object as Config } : input;
  const judged = await judgeSupplier(ctx, kind, wish, { config: row.config, secrets });
  if ("problems" in judged) return { kind: "invalid", problems: judged.problems };
  const { name, config, given } = judged;
  let tried: TriedConnection = { kind: "untried" };
  if (!isFixed) {
    const all = { ...secrets, ...firstOf(judged.secrets, secrets) };
    tried = await tryConnection(ctx, row, materialOf(ctx, kind, config, all));
    if (!isUsable(tried)) return { kind: "unusable", tried };
  }
  await ctx.sealer.ready();
  await ctx.db.$transaction(async (tx) => {
    const { row: now } = await lockAccount(tx, id);
    if (now.revision !== revision) throw new KeyholdError("conflict", `${row.slug} was changed`);
    const next = revision + 1;
    await tx.$executeRaw`
      update suppliers set name = ${name}, config = ${JSON.stringify(given)}::jsonb, revision = ${next}
      where id = ${id}::uuid`;
    await replaceSecrets(tx, ctx, actor, {
      row: now,
      kind,
      secrets: judged.secrets,
      atOnce: false,
    });
    await appendAuditEntry(tx, ctx, actor, {
      action: "supplier.edited",
      objectKind: "supplier",
      objectId: id,
      details: {
        supplier: row.slug,
        changed: changesOf(
          { name: row.name, ...(row.config as Config) },
          { name, ...(given as Config) },
        ),
        secrets: Object.keys(judged.secrets).join(", "),
      },
      ...whatChanged(accountFacts(now.name, now.config), accountFacts(name, given)),
      ...request,
    });
    await notify(tx, ["suppliers", "work"]);
  });
  await ctx.suppliers.refresh(ctx);
  return { kind: "saved", tried };
}

type Config = Record<string, unknown>;

/** Names of the outermost fields that differ, also where nothing of them may stand in an entry. */
function changesOf(before: Config, after: Config): string {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .join(", ");
}

/** The new one first, so that it is the one that is tried. */
const firstOf = (given: Record<string, string>, kept: Record<string, string[]>) =>
  Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, [value, ...(kept[name] ?? [])]]),
  );
