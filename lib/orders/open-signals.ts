/** The SQL of order signals. Private to this room. */
import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import type { ClearedSignal, OpenedSignal } from "./announce-orders.ts";
import type { Facts } from "./decision.ts";
import type { SignalKey } from "./signals.ts";

export type SignalRow = { orderId: string; key: SignalKey };

/** Opens signals unless they are open; answers which are new. */
export async function openSignals(
  tx: Tx,
  core: Pick<Core, "newId">,
  signals: OpenedSignal[],
  now: Date,
): Promise<OpenedSignal[]> {
  if (signals.length === 0) return [];
  const rows = signals.map((signal) => ({ id: core.newId(), ...signal }));
  return tx.$queryRaw<OpenedSignal[]>`
    insert into order_signals (id, order_id, key, opened_at, data)
    select r.id, r."orderId", r.key, ${now}::timestamptz, r.data
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, "orderId" uuid, key text, data jsonb)
    on conflict (order_id, key) where cleared_at is null do nothing
    returning order_id as "orderId", key, data`;
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
export async function clearSignals(
  tx: Tx,
  signals: SignalRow[],
  now: Date,
): Promise<ClearedSignal[]> {
  if (signals.length === 0) return [];
  return tx.$queryRaw<ClearedSignal[]>`
    update order_signals s set cleared_at = ${now}::timestamptz
    from unnest(${signals.map(({ orderId }) => orderId)}::uuid[], ${signals.map(({ key }) => key)}::text[]) r(order_id, key)
    where s.order_id = r.order_id and s.key = r.key and s.cleared_at is null
    returning s.order_id as "orderId", s.key, s.data, s.opened_at as "openedAt"`;
}
