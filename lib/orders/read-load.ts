import type { Core } from "#lib/platform/core.ts";
import { DUE_AFTER_PAUSE } from "./held-up.ts";
import { OVERDUE_AFTER_MS } from "./overdue-policy.ts";

const HOUR_MS = 60 * 60_000;

/** What an account's orders ask of the engine now, and what the last hour's cost. Mock orders count: they are looked at too. */
export type OrderLoad = {
  supplierId: string;
  /** With a next look or send. */
  waiting: number;
  /** What a pause holds up is not. */
  due: number;
  /** Due for more than a minute. */
  overdue: number;
  oldestDueAt: string | null;
  /** The last look failed. */
  retrying: number;
  /** Completed within the last hour, and how often those were looked at in all. */
  completedLastHour: number;
  looksOfCompleted: number;
  /** Half of what lies between two looks at a paid order of the last ten minutes; null without one. */
  halfWaitMs: number | null;
};

/** By account, from the engine's two queues; an account without orders has no row. */
export async function readLoad(core: Core): Promise<OrderLoad[]> {
  const now = core.now();
  const overdueBefore = new Date(now.getTime() - OVERDUE_AFTER_MS);
  const hourAgo = new Date(now.getTime() - HOUR_MS);
  const freshSince = new Date(now.getTime() - HOUR_MS / 6);
  const rows = await core.db.$queryRaw<
    (Omit<OrderLoad, "oldestDueAt"> & { oldest: Date | null })[]
  >`
    with waiting as (
      select * from orders where next_poll_at is not null and status in ('submitting', 'awaiting_payment')
      union all
      select * from orders where next_poll_at is not null and status not in ('submitting', 'awaiting_payment')),
    due as (
      select o.*, ${DUE_AFTER_PAUSE} as due_at from waiting o join suppliers s on s.id = o.supplier_id),
    load as (
      select supplier_id, count(*)::int as waiting,
        (count(*) filter (where due_at <= ${now}))::int as due,
        (count(*) filter (where due_at < ${overdueBefore}))::int as overdue,
        min(due_at) filter (where due_at <= ${now}) as oldest,
        (count(*) filter (where failed_looks > 0))::int as retrying,
        (avg(extract(epoch from next_poll_at - last_looked_at) * 500) filter (
          where status in ('paid', 'processing') and status_changed_at > ${freshSince}
            and next_poll_at > last_looked_at))::float8 as half_wait
      from due group by supplier_id),
    done as (
      select supplier_id, count(*)::int as completed, sum(looks)::int as looks
      from orders where took_ms is not null and finished_at >= ${hourAgo} group by supplier_id)
    select supplier_id as "supplierId", coalesce(waiting, 0) as waiting, coalesce(due, 0) as due,
      coalesce(overdue, 0) as overdue, oldest, coalesce(retrying, 0) as retrying, half_wait as "halfWaitMs",
      coalesce(completed, 0) as "completedLastHour", coalesce(looks, 0) as "looksOfCompleted"
    from load full join done using (supplier_id)
    order by supplier_id`;
  return rows.map(({ oldest, ...row }) => ({ ...row, oldestDueAt: oldest?.toISOString() ?? null }));
}
