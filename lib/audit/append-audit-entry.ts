import { type Actor, actorColumns } from "#lib/access/actor.ts";
import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";

export type AuditEntryInput = {
  /** `room.what-happened`, e.g. `code.revealed`. */
  action: string;
  objectKind: "order" | "user" | "supplier";
  objectId: string;
  reason?: string;
  /** Ids and counts; never a secret. */
  details?: Record<string, string | number | boolean | null>;
  address: string | null;
  correlationId: string | null;
};

/** Appends within the caller's transaction, so that the act and its entry stand or fall together. */
export async function appendAuditEntry(
  tx: Tx,
  core: Pick<Core, "now">,
  actor: Actor,
  entry: AuditEntryInput,
): Promise<void> {
  await tx.auditEntry.create({
    data: {
      ...actorColumns(actor),
      at: core.now(),
      action: entry.action,
      objectKind: entry.objectKind,
      objectId: entry.objectId,
      reason: entry.reason ?? null,
      details: entry.details ?? {},
      address: entry.address,
      correlationId: entry.correlationId,
    },
  });
}
