import type { Actor } from "#lib/access/actor.ts";
import { type AuditEntryInput, appendAuditEntries } from "#lib/audit/append-audit-entry.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import { notify } from "#lib/platform/notify.ts";

type Details = NonNullable<AuditEntryInput["details"]>;

/** One audit entry for each code, within the caller's transaction; open pages are told of them. */
export async function noteOnCodes<Code extends { id: string; orderId: string | null }>(
  tx: Tx,
  core: Pick<Core, "now">,
  actor: Actor,
  codes: readonly Code[],
  note: { action: string; reason?: string; details?: (code: Code) => Details },
  request: RequestFacts,
): Promise<void> {
  const { action, reason, details } = note;
  await appendAuditEntries(
    tx,
    core,
    actor,
    codes.map((code) => ({
      action,
      objectKind: "code",
      objectId: code.id,
      ...(reason === undefined ? {} : { reason }),
      details: { ...(code.orderId ? { orderId: code.orderId } : {}), ...details?.(code) },
      ...request,
    })),
  );
  const orders = new Set(codes.flatMap(({ orderId }) => (orderId ? [orderId] : [])));
  await notify(tx, ["codes", ...[...orders].map((id) => `order:${id}` as const)]);
}
