import { type Actor, requirePermission } from "#lib/access/actor.ts";
import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import { notify } from "#lib/platform/notify.ts";
import type { SignalData, SystemSignalKey, SystemSignalView } from "./types.ts";

/**
 * Opens it, or brings its data up to date while it is open; answers whether it is new. An alert is made of it
 * afterwards.
 */
export async function openSystemSignal(
  tx: Tx,
  core: Pick<Core, "now" | "newId">,
  key: SystemSignalKey,
  subject: string,
  data: SignalData,
): Promise<boolean> {
  const rows = await tx.$queryRaw<{ is_new: boolean }[]>`
    insert into system_signals (id, key, subject, opened_at, data)
    values (${core.newId()}::uuid, ${key}, ${subject}, ${core.now()}, ${JSON.stringify(data)}::jsonb)
    on conflict (key, subject) where cleared_at is null do update set data = excluded.data
    where system_signals.data is distinct from excluded.data
    returning xmax = 0 as is_new`;
  const isNew = rows[0]?.is_new ?? false;
  if (isNew) await notify(tx, ["supplier_orders", "alerts"]);
  return isNew;
}

/**
 * It has happened again while it stands: told of anew, whatever somebody has made of it so far. Opens it where it
 * isn't open. The one before ends at the very instant at which this one begins, by which its alert goes on; one that
 * nobody was told of yet goes on itself, with the newer data, or the alert would lose its thread.
 */
export async function renewSystemSignal(
  tx: Tx,
  core: Pick<Core, "now" | "newId">,
  key: SystemSignalKey,
  subject: string,
  data: SignalData,
): Promise<void> {
  const now = core.now();
  const at = { now: () => now, newId: core.newId };
  await tx.$executeRaw`
    update system_signals set cleared_at = ${now}
    where key = ${key} and subject = ${subject} and cleared_at is null and alert_id is not null`;
  await openSystemSignal(tx, at, key, subject, data);
}

/** Closes it; answers whether it was open. */
export async function clearSystemSignal(
  tx: Tx,
  core: Pick<Core, "now">,
  key: SystemSignalKey,
  subject: string,
): Promise<boolean> {
  const cleared = await tx.$executeRaw`
    update system_signals set cleared_at = ${core.now()}
    where key = ${key} and subject = ${subject} and cleared_at is null`;
  if (cleared === 0) return false;
  await notify(tx, ["supplier_orders", "alerts"]);
  return true;
}

/** The open ones, newest first. */
export async function readSystemSignals(core: Core, actor: Actor): Promise<SystemSignalView[]> {
  requirePermission(actor, "orders.read");
  const rows = await core.db.systemSignal.findMany({
    where: { clearedAt: null },
    orderBy: { openedAt: "desc" },
    take: 50,
  });
  return rows.map(({ key, subject, openedAt, data }) => ({
    key: key as SystemSignalKey,
    subject,
    openedAt: openedAt.toISOString(),
    data: data as SignalData,
  }));
}
