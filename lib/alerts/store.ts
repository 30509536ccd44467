/** The locks and the small writes that all writers of alerts share. Private to this room. */
import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import type { AlertData, EntryKind } from "./types.ts";

const LOCK = 7_220_011;

/**
 * One writer of alerts at a time, until its transaction ends. To be had before any other lock: whoever raises,
 * decides, wakes or notifies then can't wait for another who does while that one waits for it.
 */
export async function lockAlerts(tx: Tx): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(${LOCK}::bigint)`;
}

export type NewAlertEntry = {
  alertId: string;
  kind: EntryKind;
  actor?: { id: string | null; name: string };
  note?: string | undefined;
  data?: AlertData;
};

/** Appends to the histories of alerts, within the transaction of what it tells of. */
export async function writeEntries(
  tx: Tx,
  core: Pick<Core, "newId">,
  entries: readonly NewAlertEntry[],
  at: Date,
): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map(({ alertId, kind, actor, note, data }) => ({
    ...{ id: core.newId(), alertId, kind, note: note ?? null, data: data ?? {} },
    ...{ actorId: actor?.id ?? null, actorName: actor?.name ?? null },
  }));
  await tx.$executeRaw`
    insert into alert_entries (id, alert_id, at, kind, actor_id, actor_name, note, data)
    select r.id, r."alertId", ${at}::timestamptz, r.kind, r."actorId", r."actorName", r.note, r.data
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(
      id uuid, "alertId" uuid, kind text, "actorId" text, "actorName" text, note text, data jsonb)`;
}
