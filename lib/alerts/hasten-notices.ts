import type { Tx } from "#lib/platform/db.ts";
import { Prisma } from "#prisma/generated/client.ts";
import { RETOLD_MS, RETRY_MS } from "./alert-policy.ts";

const { sql } = Prisma;

/** Tries of a notice after which the next one is not waited for any longer. */
const TRIES = 2;
/** Older notices have been waited for anyway: what waits at an endpoint that is off or rests counts as stuck at once. */
const LOOKED_BACK_MS = 60 * 60_000;

/** Alerts whose newest notice doesn't arrive, each with where it stood in its policy, from 1. */
const stuckOf = (now: Date) => sql`
  with lately as materialized (
    select distinct on (n.alert_id) (n.data->>'eventId')::uuid as id, n.alert_id, n.at,
      (n.data->>'step')::int as told, (n.data->>'round')::int as round
    from alert_entries n
    where n.kind = 'notified' and n.data ? 'eventId'
      and n.id > time_ordered_id(${new Date(now.getTime() - LOOKED_BACK_MS)})
    order by n.alert_id, n.id desc),
  stuck as materialized (
    select t.* from lately t cross join lateral (
      select bool_or(d.state = 'success') as is_there,
        (array_agg(d.state in ('failed', 'not_apply') or d.state = 'pending' and (d.tries >= ${TRIES}
          or n.disabled_at is not null or n.paused_at is not null or n.trips > 0 and n.open_until > ${now})
          order by d.id desc))[1] as is_stuck
      from deliveries d left join endpoints n on n.id = d.endpoint_id where d.event_id = t.id) d
    where d.is_stuck and not d.is_there)`;

/** The next step of its round is still to come. */
const isAwaited = (now: Date) => sql`
  a.state = 'open' and a.next_notice_at > ${now} and a.next_step = s.told and a.round + 1 = s.round`;
/** It was the last of the last round. */
const IS_LAST = sql`
  a.state = 'open' and a.next_notice_at is null and a.policy_id is not null and a.round + 1 = s.round`;

/** Whether a notice is due or doesn't arrive; without a lock. */
export async function isAnyNotice(db: Pick<Tx, "$queryRaw">, now: Date): Promise<boolean> {
  const [found] = await db.$queryRaw<{ isAny: boolean }[]>`
    ${stuckOf(now)}
    select exists (select from alerts where next_notice_at <= ${now} and state = 'open') or exists (
      select from stuck s join alerts a on a.id = s.alert_id
      where (${isAwaited(now)}) or (${IS_LAST})) as "isAny"`;
  return found?.isAny ?? false;
}

/**
 * Brings forward what comes after a notice that doesn't arrive: its endpoint was switched off meanwhile, or refuses
 * it. The next step is told at once; the next round is not. After the very last one nobody counts as told: the round
 * is tried again soon, and then every now and then.
 */
export async function hastenNotices(db: Pick<Tx, "$executeRaw">, now: Date): Promise<void> {
  await db.$executeRaw`
    ${stuckOf(now)}
    update alerts a set next_notice_at = ${now}
    from stuck s where a.id = s.alert_id and ${isAwaited(now)}`;
  await db.$executeRaw`
    ${stuckOf(now)}
    update alerts a set next_step = 0, next_notice_at = greatest(
      ${new Date(now.getTime() + RETRY_MS)}::timestamptz,
      case when (
        select count(*) from alert_entries n
        where n.alert_id = a.id and n.kind = 'notified' and n.at >= a.opened_at and n.data ? 'eventId'
          and (n.data->>'step')::int = s.told and (n.data->>'round')::int = s.round) > 1
      then s.at + make_interval(secs => ${RETOLD_MS / 1_000}) end)
    from stuck s where a.id = s.alert_id and ${IS_LAST}`;
}
