import type { Core } from "#lib/platform/core.ts";
import { PATIENT, type Tx } from "#lib/platform/db.ts";
import { clearSystemSignal } from "#lib/signals/system-signals.ts";
import { judgeLowLines } from "./low-lines.ts";

/** An advisory lock: one process at a time. */
const LOCK = 7_220_005;
/** Changes that one transaction adds up. */
const CHANGES_AT_ONCE = 20_000;

/**
 * Adds what changed to the stock's levels, and tells of products that run low, and no more of what has
 * been seen to. Any number of processes may do so at once; one does.
 * @returns `again` where more changes are left
 */
export async function watchStock(core: Core): Promise<"again" | "done"> {
  return core.db.$transaction(async (tx) => {
    const [lock] = await tx.$queryRaw<{ taken: boolean }[]>`
      select pg_try_advisory_xact_lock(${LOCK}::bigint) as taken`;
    if (!lock?.taken) return "done";
    const folded = await foldChanges(tx);
    await judgeLowLines(tx, core);
    await forgetSeenTo(tx, core);
    return folded < CHANGES_AT_ONCE ? "done" : "again";
  }, PATIENT);
}

/** One statement, so that nobody sees a change twice or not at all. */
async function foldChanges(tx: Tx): Promise<number> {
  const [row] = await tx.$queryRaw<{ folded: number }[]>`
    with taken as (
      delete from stock_changes
      where id in (select id from stock_changes order by id limit ${CHANGES_AT_ONCE}) returning *),
    summed as (
      insert into stock_levels as l (stock_product_id, state, is_mock, currency, count, cost)
      select stock_product_id, state, is_mock, currency, sum(count), sum(cost) from taken group by 1, 2, 3, 4
      on conflict (stock_product_id, state, is_mock, currency)
        do update set count = l.count + excluded.count, cost = l.cost + excluded.cost)
    select count(*)::int as folded from taken`;
  return row?.folded ?? 0;
}

/** Once each code that a customer got of a failed order is bad or replaced, somebody has seen to it. */
async function forgetSeenTo(tx: Tx, core: Pick<Core, "now" | "newId">): Promise<void> {
  const seenTo = await tx.$queryRaw<{ subject: string }[]>`
    select s.subject from system_signals s
    where s.key = 'handed_out_of_failed_order' and s.cleared_at is null
      and not exists (
        select 1 from codes c where c.order_id = s.subject::uuid and c.state = 'handed_out')`;
  for (const { subject } of seenTo) {
    await clearSystemSignal(tx, core, "handed_out_of_failed_order", subject);
  }
}
