import { PATIENT, type Tx } from "#lib/platform/db.ts";
import { notify } from "#lib/platform/notify.ts";
import { announceOrders } from "./announce-orders.ts";
import type { OrdersContext } from "./context.ts";
import type { Facts } from "./decision.ts";
import { clearSignals, openSignals } from "./open-signals.ts";
import type { SignalKey } from "./signals.ts";
import { writeTimelines } from "./write-timeline.ts";

/** What holds of these locked orders; of those left out, or with null, it doesn't. */
export type Judge = (tx: Tx, orderIds: string[]) => Promise<ReadonlyMap<string, Facts | null>>;

/**
 * Opens one kind of signal on those of the orders of which it holds, and clears it on the others. `judge` is asked
 * under their locks: an order that has just moved keeps no signal of before, and one that somebody has locked is
 * left to the next pass. Some hundred orders at a time.
 * @returns how many were opened and cleared
 */
export async function judgeSignals(
  ctx: Pick<OrdersContext, "db" | "now" | "newId">,
  key: SignalKey,
  orderIds: readonly string[],
  judge: Judge,
): Promise<{ opened: number; cleared: number }> {
  if (orderIds.length === 0) return { opened: 0, cleared: 0 };
  const now = ctx.now();
  return ctx.db.$transaction(async (tx) => {
    const locked = await tx.$queryRaw<{ id: string }[]>`
      select id::text from orders where id = any(${[...orderIds]}::uuid[]) order by id
      for no key update skip locked`;
    const ids = locked.map(({ id }) => id);
    const judged = await judge(tx, ids);
    const dataOf = (id: string) => judged.get(id) ?? null;
    const over = ids.filter((id) => dataOf(id) === null);
    const standing = ids.flatMap((orderId) => {
      const data = dataOf(orderId);
      return data === null ? [] : [{ orderId, key, data }];
    });
    const opened = await openSignals(tx, ctx, standing, now);
    const cleared = await clearSignals(
      tx,
      over.map((orderId) => ({ orderId, key })),
      now,
    );
    const line = (kind: "signal_opened" | "signal_cleared", { orderId }: { orderId: string }) => {
      const data = { signal: key, ...(kind === "signal_opened" && statusOf(dataOf(orderId))) };
      return { orderId, entries: [{ kind, data }], last: null };
    };
    const lines = [
      ...opened.map((one) => line("signal_opened", one)),
      ...cleared.map((one) => line("signal_cleared", one)),
    ];
    await writeTimelines(tx, ctx, lines, now);
    if (key === "stalled") await announceStalls(tx, ctx, opened, dataOf, now);
    const topics = lines.map(({ orderId }) => `order:${orderId}` as const);
    if (topics.length > 0) await notify(tx, topics);
    return { opened: opened.length, cleared: cleared.length };
  }, PATIENT);
}

const statusOf = (data: Facts | null): Facts =>
  data?.status === undefined ? {} : { status: data.status };

/** Shops wait for these, too. */
function announceStalls(
  tx: Tx,
  ctx: Pick<OrdersContext, "newId">,
  opened: { orderId: string }[],
  dataOf: (orderId: string) => Facts | null,
  now: Date,
): Promise<void> {
  const news = opened.map(({ orderId }) => {
    const data = { reason: null, since: dataOf(orderId)?.since ?? null };
    return { orderId, type: "order.stalled" as const, data };
  });
  return announceOrders(tx, ctx, news, now);
}
