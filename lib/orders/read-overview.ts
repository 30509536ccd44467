import { type Actor, requirePermission } from "#lib/access/actor.ts";
import type { Core } from "#lib/platform/core.ts";
import type { OrderStatus } from "./lifecycle.ts";
import { needsAttention, ROW_SELECT, toRow } from "./read-orders.ts";
import { readStalledAfter } from "./stalled-after.ts";
import type { OrderRow } from "./types.ts";

export type Overview = {
  /** Live orders by state. Open states count all; finished ones the last 24 hours. Mock orders never count. */
  counts: Record<OrderStatus, number>;
  /** Orders with an open signal, longest waiting first. */
  attention: OrderRow[];
  attentionCount: number;
  /** Open orders, oldest first. */
  oldestOpen: OrderRow[];
  /** Completed or partial, newest first. */
  recentlyDone: OrderRow[];
  readAt: string;
};

const ROWS = 8;
const RECENT_MS = 24 * 60 * 60 * 1_000;
const OPEN: OrderStatus[] = ["submitting", "unconfirmed", "awaiting_payment", "paid", "processing"];

export async function readOverview(core: Core, actor: Actor): Promise<Overview> {
  requirePermission(actor, "orders.read");
  const now = core.now();
  const stalledAfter = await readStalledAfter(core);
  const live = { isMock: false };
  const [counts, attention, attentionCount, oldestOpen, recentlyDone] = await Promise.all([
    countByStatus(core, new Date(now.getTime() - RECENT_MS)),
    core.db.order.findMany({
      where: needsAttention(now, stalledAfter),
      orderBy: { statusChangedAt: "asc" },
      take: ROWS,
      select: ROW_SELECT,
    }),
    countAttention(core),
    core.db.order.findMany({
      where: { ...live, status: { in: OPEN } },
      orderBy: { id: "asc" },
      take: ROWS,
      select: ROW_SELECT,
    }),
    core.db.order.findMany({
      where: { ...live, status: { in: ["completed", "partial"] } },
      orderBy: { id: "desc" },
      take: ROWS,
      select: ROW_SELECT,
    }),
  ]);
  const toRows = (orders: Parameters<typeof toRow>[0][]) =>
    orders.map((order) => toRow(order, now, stalledAfter));
  return {
    counts,
    attention: toRows(attention),
    attentionCount,
    oldestOpen: toRows(oldestOpen),
    recentlyDone: toRows(recentlyDone),
    readAt: now.toISOString(),
  };
}

/** How many orders a person should look at: an open signal, or a stall nobody has flagged yet. */
export async function countAttention(core: Core): Promise<number> {
  const stalledAfter = await readStalledAfter(core);
  return core.db.order.count({ where: needsAttention(core.now(), stalledAfter) });
}

async function countByStatus(core: Core, since: Date): Promise<Record<OrderStatus, number>> {
  const rows = await core.db.$queryRaw<{ status: OrderStatus; count: number }[]>`
    select status::text, count(*)::int as count from orders
    where not is_mock and (finished_at is null or finished_at >= ${since})
    group by status`;
  const none: Record<OrderStatus, number> = {
    submitting: 0,
    unconfirmed: 0,
    rejected: 0,
    awaiting_payment: 0,
    paid: 0,
    processing: 0,
    completed: 0,
    partial: 0,
    cancelled: 0,
    failed: 0,
  };
  return { ...none, ...Object.fromEntries(rows.map(({ status, count }) => [status, count])) };
}
