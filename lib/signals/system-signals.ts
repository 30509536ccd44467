import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { announce } from "#lib/events/announce.ts";
import { EVENT_VERSION } from "#lib/events/schemas.ts";
import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import { notify } from "#lib/platform/notify.ts";
import type { SignalData, SystemSignalKey, SystemSignalView } from "./types.ts";

/** Opens it, and tells of that, or brings its data up to date while it is open; answers whether it is new. */
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
    returning xmax = 0 as is_new`;
  const isNew = rows[0]?.is_new ?? false;
  if (isNew) {
    const openedAt = core.now();
    await tell(tx, core, "alert.opened", subject, { key, openedAt, data });
    await notify(tx, ["supplier_orders"]);
  }
  return isNew;
}

/** Closes it, and tells of that; answers whether it was open. */
export async function clearSystemSignal(
  tx: Tx,
  core: Pick<Core, "now" | "newId">,
  key: SystemSignalKey,
  subject: string,
): Promise<boolean> {
  const now = core.now();
  const [cleared] = await tx.$queryRaw<{ openedAt: Date; data: SignalData }[]>`
    update system_signals set cleared_at = ${now}
    where key = ${key} and subject = ${subject} and cleared_at is null
    returning opened_at as "openedAt", data`;
  if (!cleared) return false;
  await tell(tx, core, "alert.resolved", subject, { key, ...cleared, resolvedAt: now });
  await notify(tx, ["supplier_orders"]);
  return true;
}

async function tell(
  tx: Tx,
  core: Pick<Core, "now" | "newId">,
  type: "alert.opened" | "alert.resolved",
  subject: string,
  facts: { key: SystemSignalKey; openedAt: Date; resolvedAt?: Date; data: SignalData },
): Promise<void> {
  // Who of the house it is about is the house's to know.
  const { person: _, ...data } = facts.data;
  const event = {
    ...{ type, version: EVENT_VERSION, subject, orderId: null, isMock: data.isMock === true },
    productIds: ABOUT_PRODUCTS.includes(facts.key) ? [subject] : [],
    data: { ...facts, data, subject, orderId: null },
  };
  await announce(tx, core, [event], core.now());
}

/** Those whose subject is a stock product. */
const ABOUT_PRODUCTS: SystemSignalKey[] = ["stock_low", "codes_expiring"];

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
