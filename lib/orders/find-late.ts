import type { Db } from "#lib/platform/db.ts";
import { Prisma } from "#prisma/generated/client.ts";
import { OVERDUE_AFTER_MS } from "./overdue-policy.ts";

/** As many as can be named one by one; above that, hardly anything else is left to skip. */
const MOST = 1_000;

export type Late = {
  /** The last look failed, or the last few. */
  retrying: boolean;
  /** The next look should have been made a minute ago. */
  overdue: boolean;
  /** Only orders older than this one. */
  after: string | undefined;
};

/**
 * The ids of such orders, newest first; null where they are so many that a list finds them just as fast
 * by itself. Reads the engine's two queues, each by its own partial index, so that a few late orders
 * among millions of finished ones are found at once. What a pause holds up is not overdue.
 */
export async function findLate(
  db: Pick<Db, "$queryRaw">,
  { retrying, overdue, after }: Late,
  now: Date,
): Promise<string[] | null> {
  const dueBefore = overdue ? new Date(now.getTime() - OVERDUE_AFTER_MS) : null;
  const before = Prisma.sql`coalesce(${dueBefore}::timestamptz, 'infinity')`;
  const late = Prisma.sql`
    next_poll_at < ${before}
    and (not ${retrying}::bool or failed_looks > 0)
    and (${after ?? null}::uuid is null or id < ${after ?? null}::uuid)`;
  const rows = await db.$queryRaw<{ id: string }[]>`
    select id from (
      select id from orders o where status in ('submitting', 'awaiting_payment') and ${late} and not exists (
        select 1 from suppliers s where s.id = o.supplier_id and s.ordering_paused_until >= ${before})
      union all
      select id from orders o where status not in ('submitting', 'awaiting_payment') and ${late} and not exists (
        select 1 from suppliers s where s.id = o.supplier_id and s.polling_paused_until >= ${before})) late
    order by id desc
    limit ${MOST + 1}::int`;
  return rows.length > MOST ? null : rows.map(({ id }) => id);
}
