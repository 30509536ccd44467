/** What a person has resolved although it stands, and that still does. Private to this room. */
import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import { Prisma } from "#prisma/generated/client.ts";
import { RESOLVED_REST_MS } from "./alert-policy.ts";
import { writeEntries } from "./store.ts";

/**
 * From the signals that stand, which are few, rather than from all that was ever resolved. Those that count as over
 * and are yet to be cleared (`clearDealtWith`) stand no more.
 */
const standing = (now: Date) => Prisma.sql`
  select a.id from (
    select alert_id from order_signals where cleared_at is null and alert_id is not null and not is_settled
    union select alert_id from system_signals where cleared_at is null and alert_id is not null) s
  join alerts a on a.id = s.alert_id
  where a.state = 'resolved' and a.resolution = 'person'
    and a.resolved_at <= ${new Date(now.getTime() - RESOLVED_REST_MS)}`;

/** Whether there is any; far cheaper than to find out under the lock. */
export async function isAnyStillStanding(db: Pick<Tx, "$queryRaw">, now: Date): Promise<boolean> {
  const [found] = await db.$queryRaw<{ isAny: boolean }[]>`
    select exists (${standing(now)}) as "isAny"`;
  return found?.isAny ?? false;
}

/**
 * Opens them again, with their histories. Where the same trouble has an alert by now its signals go there instead:
 * they are left to be raised. The caller holds `lockAlerts`, and tells of what is open.
 */
export async function reopenStanding(
  tx: Tx,
  core: Pick<Core, "newId">,
  limit: number,
  now: Date,
): Promise<{ reopened: string[]; isMore: boolean }> {
  const due = await tx.$queryRaw<{ id: string; isFirst: boolean }[]>`
    with due as (${standing(now)} order by a.resolved_at desc limit ${limit}::int)
    select a.id::text,
      not exists (
        select from alerts u where u.kind = a.kind and u.subject = a.subject and u.is_group = a.is_group
          and u.state <> 'resolved')
      and row_number() over (
        partition by a.kind, a.subject, a.is_group order by a.resolved_at desc, a.id desc) = 1 as "isFirst"
    from due join alerts a using (id)`;
  if (due.length === 0) return { reopened: [], isMore: false };
  const ids = (isFirst: boolean) =>
    due.filter((one) => one.isFirst === isFirst).map(({ id }) => id);
  const opened = await tx.$queryRaw<{ id: string; standing: number }[]>`
    update alerts a set state = 'open', resolved_at = null, resolution = null, resolved_by = null,
      resolve_reason = null, opened_at = ${now}::timestamptz, changed_at = ${now}::timestamptz,
      reopened = a.reopened + 1, version = a.version + 1
    where a.id = any(${ids(true)}::uuid[]) returning a.id::text, a.standing`;
  const data = { why: "still_stands" };
  await writeEntries(
    tx,
    core,
    opened.map(({ id: alertId, standing }) => ({
      ...{ alertId, kind: "reopened" as const, data: { ...data, standing } },
    })),
    now,
  );
  await letGo(tx, ids(false), now);
  return { reopened: opened.map(({ id }) => id), isMore: due.length >= limit };
}

/** Those that somebody is writing are let go the next time. */
async function letGo(tx: Tx, alertIds: readonly string[], now: Date): Promise<void> {
  if (alertIds.length === 0) return;
  await tx.$executeRaw`
    with of_orders as (
      update order_signals set alert_id = null from (
        select id, alert_id as was from order_signals
        where alert_id = any(${[...alertIds]}::uuid[]) and cleared_at is null and not is_settled
        for no key update skip locked) held
      where order_signals.id = held.id returning held.was),
    of_keyhold as (
      update system_signals set alert_id = null from (
        select id, alert_id as was from system_signals
        where alert_id = any(${[...alertIds]}::uuid[]) and cleared_at is null for no key update skip locked) held
      where system_signals.id = held.id returning held.was)
    update alerts a set standing = greatest(0, a.standing - c.count), changed_at = ${now}::timestamptz
    from (
      select was, count(*)::int as count
      from (select was from of_orders union all select was from of_keyhold) both_sorts group by was) c
    where a.id = c.was`;
}
