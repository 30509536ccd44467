import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { requireRecentProof } from "#lib/access/proof.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import type { SuppliersContext } from "./context.ts";
import type { TriedConnection, TriedSupplier } from "./room-types.ts";
import { harmlessCall, triedBy, waitText } from "./try-connection.ts";

/** It may wait so long for its turn in the account's budget. */
const PATIENCE_MS = 5_000;

/**
 * Calls an account as it is, once and harmlessly, within its budget. Throws `forbidden`, `proof_needed`,
 * `not_found`, or `conflict` where it isn't connected.
 */
export async function testSupplier(
  ctx: SuppliersContext,
  actor: Actor,
  slug: string,
  request: RequestFacts,
): Promise<TriedSupplier> {
  requirePermission(actor, "suppliers.manage");
  requireRecentProof(ctx, actor);
  await ctx.suppliers.refresh(ctx);
  const account = ctx.suppliers.bySlug(slug);
  if (!account) {
    const isThere = await ctx.db.supplier.findUnique({ where: { slug }, select: { id: true } });
    if (!isThere) throw new KeyholdError("not_found", `supplier ${slug}`);
    throw new KeyholdError("conflict", `supplier ${slug} isn't connected`);
  }
  const call = harmlessCall(account.supplier, ctx.newId());
  const started = ctx.now().getTime();
  const tried = call === null ? null : await ctx.suppliers.call(ctx, account, ORDER, call);
  const tookMs = ctx.now().getTime() - started;
  const result: TriedConnection =
    tried === null
      ? { kind: "untried" }
      : tried.kind === "not_called"
        ? { kind: "unreachable", why: waitText(tried.silentMs) }
        : triedBy(tried, tookMs);
  await ctx.db.$transaction((tx) =>
    appendAuditEntry(tx, ctx, actor, {
      action: "supplier.tested",
      objectKind: "supplier",
      objectId: account.id,
      details: { supplier: slug, came: result.kind },
      ...request,
    }),
  );
  return { kind: "tried", tried: result };
}

const ORDER = { kind: "read", slice: "refresh", what: "test", patienceMs: PATIENCE_MS } as const;
