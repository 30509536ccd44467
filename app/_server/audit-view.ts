import type { AuditView } from "#components/audit/audit-view.ts";
import { can } from "#lib/access/actor.ts";
import { readAuditFilter } from "#lib/audit/log-filter-policy.ts";
import { readAuditLog } from "#lib/audit/read-audit-log.ts";
import type { Runtime } from "#lib/engine/runtime.ts";
import type { UserActor } from "./current-actor.ts";

/** A page of the audit log as its address asks for it. Throws `forbidden`. */
export async function auditView(
  ctx: Runtime,
  actor: UserActor,
  query: URLSearchParams,
): Promise<AuditView> {
  const filter = readAuditFilter((name) => query.get(name));
  const page = await readAuditLog(ctx, actor, filter, { after: query.get("after") });
  return { ...page, may: { export: can(actor, "audit.export") }, readAt: ctx.now().toISOString() };
}
