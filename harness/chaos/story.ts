/** All that is known of one order, for whoever looks into a violation. Never a code. */
import type { ChaosDatabase } from "./database.ts";

const STORY = `
  select at, what from (
    select at, kind || case when data = '{}' then '' else ' ' || data::text end as what, id::text
    from timeline_entries where order_id = $1
    union all
    select started_at, 'attempt: ' || kind || ' ' || coalesce(outcome, 'open') || coalesce(' ' || resolution, '')
      || coalesce(', ended ' || to_char(finished_at, 'HH24:MI:SS.MS'), '') || coalesce(', ' || detail, ''), id::text
    from order_attempts where order_id = $1
    union all
    select g.started_at, 'listing: ' || case when g.complete then 'complete' else 'broken off' end || ', '
      || cardinality(g.candidates) || ' candidates' || coalesce(', ' || g.problem, ''), g.id::text
    from gate_passes g join orders o on o.supplier_id = g.supplier_id and o.fingerprint = g.fingerprint
    where o.id = $1) story
  order by at, id`;

export async function readStory(database: ChaosDatabase, orderId: string): Promise<string[]> {
  const [order] = await database.rows<{ facts: string }>(
    `select concat_ws(' ', status::text, coalesce('as ' || supplier_order_id, 'without a supplier order'),
       case when is_mock then '(mock)' end,
       'next look ' || coalesce(to_char(next_poll_at, 'HH24:MI:SS'), 'none')) as facts
     from orders where id = $1`,
    [orderId],
  );
  const entries = await database.rows<{ at: Date; what: string }>(STORY, [orderId]);
  return [
    order?.facts ?? "no such order",
    ...entries.map(({ at, what }) => `${at.toISOString().slice(11, 23)} ${what}`),
  ];
}
