import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import { notify } from "#lib/platform/notify.ts";
import type { Facts } from "./decision.ts";
import { clearTheseSignals, type SignalRow } from "./open-signals.ts";
import { lockOrders } from "./store.ts";
import { type NewEntry, writeTimelines } from "./write-timeline.ts";

/**
 * Clears signals that somebody has dealt with, within the transaction of that decision; their orders are locked
 * first. What was cleared meanwhile is left as it is, and so is what has come of the same since.
 * @returns those that were open
 */
export async function clearOrderSignals(
  tx: Tx,
  core: Pick<Core, "now" | "newId">,
  signals: { id: string; orderId: string }[],
  by: { actor: string; reason: string } | null,
): Promise<SignalRow[]> {
  if (signals.length === 0) return [];
  const now = core.now();
  await lockOrders(tx, [...new Set(signals.map(({ orderId }) => orderId))]);
  const cleared = await clearTheseSignals(
    tx,
    signals.map(({ id }) => id),
    now,
  );
  const lines = cleared.map(({ orderId, key: signal }) => {
    const data: Facts = by ? { signal, reason: by.reason } : { signal };
    const entry: NewEntry = { kind: "signal_cleared", data, ...(by && { actor: by.actor }) };
    return { orderId, entries: [entry], last: null };
  });
  await writeTimelines(tx, core, lines, now);
  const topics = cleared.map(({ orderId }) => `order:${orderId}` as const);
  if (topics.length > 0) await notify(tx, [...new Set(topics)]);
  return cleared;
}
