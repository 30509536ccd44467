import { type Actor, actorColumns, type CUSTOMER } from "#lib/access/actor.ts";
import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";

/** What an entry is about; its id stands beside it. */
export type AuditObjectKind =
  | "order"
  | "user"
  | "supplier"
  | "inbox_message"
  | "code"
  | "hand_out"
  | "import"
  | "stock_product"
  | "data_key"
  | "endpoint"
  | "delivery"
  | "delivery_job"
  | "alert"
  | "escalation_policy"
  | "runbook"
  | "top_up"
  | "balance_step"
  | "dossier"
  | "product";

export type AuditEntryInput = {
  /** `room.what-happened`, e.g. `code.revealed`. */
  action: string;
  objectKind: AuditObjectKind;
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
  actor: Actor | typeof CUSTOMER,
  entry: AuditEntryInput,
): Promise<void> {
  await tx.auditEntry.create({ data: toRow(core, actor, entry) });
}

/** The same for many, in their order. */
export async function appendAuditEntries(
  tx: Tx,
  core: Pick<Core, "now">,
  actor: Actor,
  entries: AuditEntryInput[],
): Promise<void> {
  if (entries.length === 0) return;
  await tx.auditEntry.createMany({ data: entries.map((entry) => toRow(core, actor, entry)) });
}

const toRow = (
  core: Pick<Core, "now">,
  actor: Actor | typeof CUSTOMER,
  entry: AuditEntryInput,
) => ({
  ...actorColumns(actor),
  at: core.now(),
  action: entry.action,
  objectKind: entry.objectKind,
  objectId: entry.objectId,
  reason: entry.reason ?? null,
  details: entry.details ?? {},
  address: entry.address,
  correlationId: entry.correlationId,
});
