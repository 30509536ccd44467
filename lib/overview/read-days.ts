import type { Core } from "#lib/platform/core.ts";
import type { Db } from "#lib/platform/db.ts";

export type DaySpend = { currency: string; orders: number; amount: string };

/** A day is remembered once it has been over for so long: what was paid on it hardly changes any more … */
const SETTLED_AFTER_MS = 60 * 60_000;
/** … and is read anew after so long all the same, since a price may be corrected. */
const KEPT_MS = 60 * 60_000;
const MOST_KEPT = 1_000;

type Kept = Map<number, { readAt: number; spent: DaySpend[] }>;
const memories = new WeakMap<Db, Kept>();

/**
 * What was paid for and not given back on each of the days, by currency; `starts` are their beginnings, in order, the last one
 * being today. Counting two weeks of a busy shop takes long, so that each process remembers days that are over.
 */
export async function readDays({ db, now }: Core, starts: readonly Date[]): Promise<DaySpend[][]> {
  const at = now().getTime();
  const kept = memories.get(db) ?? new Map();
  memories.set(db, kept);
  const days = starts.map((from, index) => ({ from, until: starts[index + 1] ?? null }));
  const unknown = days.filter(({ from }) => !isFresh(kept.get(from.getTime()), at));
  const spent = await sumDays(db, unknown);
  unknown.forEach(({ from }, index) => {
    kept.set(from.getTime(), { readAt: at, spent: spent[index] ?? [] });
  });
  const answer = days.map(({ from }) => kept.get(from.getTime())?.spent ?? []);
  for (const { from, until } of days) {
    if (until === null || at - until.getTime() < SETTLED_AFTER_MS) kept.delete(from.getTime());
  }
  if (kept.size > MOST_KEPT) kept.clear();
  return answer;
}

const isFresh = (day: { readAt: number } | undefined, at: number): boolean =>
  day !== undefined && Math.abs(at - day.readAt) < KEPT_MS;

type Day = { from: Date; until: Date | null };
type Row = DaySpend & { day: number };

/** Day by day along the index: as one statement over all of them it takes longer. */
async function sumDays(db: Db, days: readonly Day[]): Promise<DaySpend[][]> {
  const rows = await db.$queryRaw<Row[]>`
    select day.nth::int as day, sums.* from unnest(
      ${days.map(({ from }) => from)}::timestamptz[], ${days.map(({ until }) => until)}::timestamptz[])
      with ordinality as day(starts, ends, nth)
    cross join lateral (
      select currency, count(*)::int as orders, trim_scale(sum(coalesce(charged_total, agreed_total)))::text as amount
      from orders
      where paid_at >= day.starts and paid_at < coalesce(day.ends, 'infinity') and not is_mock
        and status <> 'refunded'
      group by currency) sums`;
  return days.map((_, index) =>
    rows.flatMap(({ day, ...spent }) => (day === index + 1 ? [spent] : [])),
  );
}
