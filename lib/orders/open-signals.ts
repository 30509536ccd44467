/** The SQL of order signals. Private to this room. */
import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import { notify } from "#lib/platform/notify.ts";
import type { Facts } from "./decision.ts";
import type { SignalKey } from "./signals.ts";

export type SignalRow = { orderId: string; key: SignalKey };
export type OpenedSignal = SignalRow & { data: Facts };

/**
 * Opens signals unless they are open; answers which are new. An alert is made of them afterwards. What somebody has
 * dealt with, and nobody has cleared yet, is over: the same is new. The caller holds the orders.
 */
export async function openSignals(
  tx: Tx,
  core: Pick<Core, "newId">,
  signals: OpenedSignal[],
  now: Date,
): Promise<SignalRow[]> {
  if (signals.length === 0) return [];
  const rows = signals.map((signal) => ({ id: core.newId(), ...signal }));
  await tx.$executeRaw`
    update order_signals s set cleared_at = ${now}::timestamptz
    from unnest(${signals.map(({ orderId }) => orderId)}::uuid[], ${signals.map(({ key }) => key)}::text[]) r(order_id, key)
    where s.order_id = r.order_id and s.key = r.key and s.cleared_at is null and s.is_settled`;
  const opened = await tx.$queryRaw<SignalRow[]>`
    insert into order_signals (id, order_id, key, opened_at, data)
    select r.id, r."orderId", r.key, ${now}::timestamptz, r.data
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, "orderId" uuid, key text, data jsonb)
    on conflict (order_id, key) where cleared_at is null do nothing
    returning order_id as "orderId", key`;
  if (opened.length > 0) await notify(tx, ["alerts"]);
  return opened;
}

/** Opens a signal unless it is open; answers whether it is new. */
export async function openSignal(
  tx: Tx,
  core: Pick<Core, "newId">,
  orderId: string,
  key: SignalKey,
  data: Facts,
  now: Date,
): Promise<boolean> {
  return (await openSignals(tx, core, [{ orderId, key, data }], now)).length > 0;
}

/** Answers which of the signals were open. */
export async function clearSignals(tx: Tx, signals: SignalRow[], now: Date): Promise<SignalRow[]> {
  if (signals.length === 0) return [];
  const cleared = await tx.$queryRaw<SignalRow[]>`
    update order_signals s set cleared_at = ${now}::timestamptz
    from unnest(${signals.map(({ orderId }) => orderId)}::uuid[], ${signals.map(({ key }) => key)}::text[]) r(order_id, key)
    where s.order_id = r.order_id and s.key = r.key and s.cleared_at is null
    returning s.order_id as "orderId", s.key`;
  if (cleared.length > 0) await notify(tx, ["alerts"]);
  return cleared;
}

/** The same for these very rows: what has come of the same since is left as it is. */
export async function clearTheseSignals(tx: Tx, ids: string[], now: Date): Promise<SignalRow[]> {
  if (ids.length === 0) return [];
  const cleared = await tx.$queryRaw<SignalRow[]>`
    update order_signals set cleared_at = ${now}::timestamptz
    where id = any(${ids}::uuid[]) and cleared_at is null
    returning order_id as "orderId", key`;
  if (cleared.length > 0) await notify(tx, ["alerts"]);
  return cleared;
}
