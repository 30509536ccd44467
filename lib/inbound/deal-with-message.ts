import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { isUuid } from "#lib/platform/ids.ts";
import { notify } from "#lib/platform/notify.ts";
import { reasonText } from "#lib/platform/reason.ts";
import type { Deal } from "./deals.ts";
import { tellInbox } from "./tell-inbox.ts";
import type { DealtWith, InboxState } from "./types.ts";

/**
 * What a person does about a message, with the reason. Throws `forbidden`, `invalid` (no reason) or `not_found`.
 */
export async function dealWithMessage(
  core: Core,
  actor: Actor,
  { id, reason }: { id: string; reason: string },
  request: RequestFacts,
  deal: Deal,
): Promise<DealtWith> {
  requirePermission(actor, "suppliers.manage");
  const why = reasonText(reason);
  if (!isUuid(id)) throw new KeyholdError("not_found", "no such message");
  return core.db.$transaction(async (tx) => {
    const [row] = await tx.$queryRaw<
      { supplierId: string; state: InboxState; event: string | null }[]
    >`
      select supplier_id::text as "supplierId", state, event
      from inbox_messages where id = ${id}::uuid for no key update`;
    if (!row) throw new KeyholdError("not_found", "no such message");
    if (!deal.from(row.state)) return { kind: "not_now" };
    await deal.write(tx, [id]);
    await tellInbox(tx, core, [row.supplierId]);
    await appendAuditEntry(tx, core, actor, {
      action: deal.action,
      objectKind: "inbox_message",
      objectId: id,
      reason: why,
      details: { supplierId: row.supplierId, event: row.event, was: row.state },
      ...request,
    });
    await notify(tx, ["inbox"]);
    return { kind: "done" };
  });
}
