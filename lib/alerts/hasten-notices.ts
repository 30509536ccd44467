import type { Tx } from "#lib/platform/db.ts";

/** Tries of a notice after which the next one is not waited for any longer. */
const TRIES = 2;
/** Older notices have been waited for anyway. */
const LOOKED_BACK_MS = 60 * 60_000;

/**
 * Brings forward what comes after a notice that doesn't arrive: its endpoint was switched off meanwhile, or refuses
 * it. The next step is told at once; the next round is not.
 */
export async function hastenNotices(db: Pick<Tx, "$executeRaw">, now: Date): Promise<void> {
  const since = new Date(now.getTime() - LOOKED_BACK_MS);
  await db.$executeRaw`
    with stuck as materialized (
      select e.subject::uuid as alert_id, (e.data->>'step')::int as told, (e.data->>'round')::int as round
      from events e join deliveries d on d.event_id = e.id
      where e.type = 'alert.notice' and e.id > time_ordered_id(${since})
        and (d.state in ('failed', 'not_apply') or d.state = 'pending' and d.tries >= ${TRIES}))
    update alerts a set next_notice_at = ${now}
    from stuck where a.id = stuck.alert_id and a.state = 'open' and a.next_notice_at > ${now}
      and a.next_step = stuck.told and a.round + 1 = stuck.round`;
}
