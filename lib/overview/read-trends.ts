import { type Actor, requirePermission } from "#lib/access/actor.ts";
import type { Core } from "#lib/platform/core.ts";
import { dayStarts } from "./days.ts";
import { type DaySpend, readDays } from "./read-days.ts";
import type { Trends } from "./types.ts";

const HOUR_MS = 3_600_000;
const HOURS = 24;
const DAYS = 14;

type HourRow = Trends["hours"][number] & { at: string };

/**
 * How orders ended hour by hour of the last day, and what was paid for day by day of the last two weeks.
 * @param timeZone where the reader's days and hours begin
 */
export async function readTrends(
  core: Core,
  actor: Actor,
  { timeZone }: { timeZone: string },
): Promise<Trends> {
  requirePermission(actor, "orders.read");
  requirePermission(actor, "balance.read");
  const now = core.now();
  const starts = dayStarts(now, timeZone, DAYS);
  const [hours, spent] = await Promise.all([
    readHours(core, lastHours(now, starts.at(-1) ?? now)),
    readDays(core, starts),
  ]);
  const days = starts.map((start, at) => {
    const own = spent[at] ?? [];
    return {
      at: start.toISOString(),
      spent: Object.fromEntries(own.map(({ currency, amount }) => [currency, amount])),
      orders: own.reduce((sum, { orders }) => sum + orders, 0),
    };
  });
  return { hours, days, currencies: byOrders(spent.flat()), readAt: now.toISOString() };
}

/** Whole hours as the reader's clock has them, also where that is half an hour off. */
function lastHours(now: Date, midnight: Date): Date[] {
  const present =
    now.getTime() - ((((now.getTime() - midnight.getTime()) % HOUR_MS) + HOUR_MS) % HOUR_MS);
  return Array.from({ length: HOURS }, (_, at) => new Date(present - (HOURS - 1 - at) * HOUR_MS));
}

async function readHours({ db }: Core, starts: Date[]): Promise<HourRow[]> {
  const [first] = starts;
  const rows = await db.$queryRaw<(Omit<HourRow, "at"> & { at: Date })[]>`
    select date_bin('1 hour', finished_at, ${first}::timestamptz) as at,
      (count(*) filter (where status = 'completed'))::int as completed,
      (count(*) filter (where status = 'partial'))::int as partial,
      (count(*) filter (where status in ('failed', 'rejected')))::int as failed,
      (count(*) filter (where status = 'cancelled'))::int as cancelled,
      (count(*) filter (where status = 'refunded'))::int as refunded
    from orders where finished_at >= ${first} and not is_mock group by 1`;
  const found = new Map(rows.map((row) => [row.at.getTime(), row]));
  const none = { completed: 0, partial: 0, failed: 0, cancelled: 0, refunded: 0 };
  return starts.map((at) => ({
    ...(found.get(at.getTime()) ?? none),
    at: at.toISOString(),
  }));
}

/** The currency of most orders first. */
function byOrders(rows: readonly DaySpend[]): string[] {
  const orders = new Map<string, number>();
  for (const row of rows) {
    orders.set(row.currency, (orders.get(row.currency) ?? 0) + row.orders);
  }
  return [...orders.keys()].sort(
    (left, right) =>
      (orders.get(right) ?? 0) - (orders.get(left) ?? 0) || left.localeCompare(right),
  );
}
