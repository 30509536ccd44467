import { finishedSince } from "#lib/orders/find-since.ts";
import { ORDER_STATUSES, type OrderStatus } from "#lib/orders/lifecycle.ts";
import { ROW_SELECT, toRow } from "#lib/orders/read-orders.ts";
import { readStalledAfter } from "#lib/orders/stalled-after.ts";
import type { Core } from "#lib/platform/core.ts";
import { readPauses } from "#lib/suppliers/read-pauses.ts";
import type { Overview } from "./types.ts";

const ROWS = 8;
const RECENT_MS = 24 * 60 * 60 * 1_000;

/** How many orders are where, those open longest and those just done. Costs as much as is open or of the last day. */
export async function readOrderFigures(
  core: Core,
): Promise<Pick<Overview, "counts" | "finishedSince" | "oldestOpen" | "recentlyDone">> {
  const now = core.now();
  const since = new Date(now.getTime() - RECENT_MS);
  const [counts, ids, stalledAfter, pauses] = await Promise.all([
    countByStatus(core, since),
    findListed(core),
    readStalledAfter(core),
    readPauses(core.db, now),
  ]);
  const orders = await core.db.order.findMany({
    where: { id: { in: ids.map(({ id }) => id) } },
    select: ROW_SELECT,
  });
  const rows = new Map(orders.map((order) => [order.id, toRow(order, now, stalledAfter, pauses)]));
  const listed = (isOpen: boolean) =>
    ids.flatMap((one) => (one.isOpen === isOpen ? (rows.get(one.id) ?? []) : []));
  return {
    counts,
    finishedSince: since.toISOString(),
    oldestOpen: listed(true),
    recentlyDone: listed(false),
  };
}

/** In the order in which they are shown. */
function findListed({ db }: Core): Promise<{ id: string; isOpen: boolean }[]> {
  return db.$queryRaw`
    (select id::text, true as "isOpen" from orders
     where finished_at is null and not is_mock order by orders.id limit ${ROWS})
    union all
    (select id::text, false from orders
     where finished_at is not null and not is_mock and status in ('completed', 'partial')
     order by finished_at desc limit ${ROWS})`;
}

async function countByStatus({ db }: Core, since: Date): Promise<Record<OrderStatus, number>> {
  const [ended, refunded] = finishedSince(since);
  const rows = await db.$queryRaw<{ status: OrderStatus; count: number }[]>`
    select status::text, count(*)::int as count from orders
    where finished_at is null and not is_mock group by status
    union all
    select status::text, count(*)::int from orders
    where ${ended} and not is_mock group by status
    union all
    select status::text, count(*)::int from orders
    where ${refunded} and not is_mock group by status`;
  const none = Object.fromEntries(ORDER_STATUSES.map((status) => [status, 0]));
  return {
    ...(none as Record<OrderStatus, number>),
    ...Object.fromEntries(rows.map(({ status, count }) => [status, count])),
  };
}
