/**
 * Alerts that are decided one by one, so that each has its row, and that people are told of together where they are
 * as many as would be a group: open, of one kind, account and severity. Private to this room.
 */
import type { Tx } from "#lib/platform/db.ts";
import { Prisma } from "#prisma/generated/client.ts";
import { GROUP_FROM, MOST_AT_ONCE, TOLD_TOGETHER } from "./alert-policy.ts";
import type { Place } from "./next-notice.ts";

const { sql } = Prisma;

/** What those of one crowd have in common. */
const LIKENESS = sql`kind, supplier_id, is_mock, severity`;

/** The crowds that any of `among` is part of; `among` has the columns of alerts. */
const crowdsAmong = (among: Prisma.Sql): Prisma.Sql => sql`
  select ${LIKENESS} from alerts
  where state = 'open' and not is_group and kind = any(${[...TOLD_TOGETHER]}::text[])
    and (supplier_id, kind) in (select supplier_id, kind from ${among})
  group by ${LIKENESS} having count(*) >= ${GROUP_FROM}::int`;

/**
 * `due`, which stands before it, as `told` with `is_crowd`; with `others` what waits at the same step of the same
 * policy in one of its crowds as well, since it is told with it.
 */
export const withCrowds = (others: boolean): Prisma.Sql => sql`
  crowds as materialized (${crowdsAmong(sql`due`)}),
  in_crowd as materialized (
    select due.* from due join crowds using (${LIKENESS}) where not due.is_group),
  told as (
    select due.*, due.id in (select id from in_crowd) as is_crowd from due
    union all
    (select a.*, true from alerts a
    where ${others}::bool and a.state = 'open' and not a.is_group and a.next_notice_at is not null
      and a.id not in (select id from due)
      and (a.kind, a.supplier_id, a.is_mock, a.severity, a.policy_id, a.next_step, a.round) in (
        select ${LIKENESS}, policy_id, next_step, round from in_crowd)
    order by a.next_notice_at limit ${MOST_AT_ONCE}::int))`;

/** Where people stand who are being told of a crowd, or were. */
export type CrowdTold = Place & { policyId: string; at: Date | null; toldAt: Date };

/** Of alerts that open just now, by id: what was told last of the others of their crowd. */
export async function readCrowds(
  tx: Pick<Tx, "$queryRaw">,
  alertIds: readonly string[],
): Promise<Map<string, CrowdTold>> {
  if (alertIds.length === 0) return new Map();
  const rows = await tx.$queryRaw<(CrowdTold & { id: string })[]>`
    with fresh as materialized (
      select * from alerts where id = any(${[...alertIds]}::uuid[]) and state = 'open' and not is_group),
    crowds as materialized (${crowdsAmong(sql`fresh`)}),
    lately as (
      select distinct on (${LIKENESS}) ${LIKENESS}, a.policy_id, a.next_step, a.round, a.next_notice_at, n.at as told_at
      from alerts a join crowds using (${LIKENESS}) cross join lateral (
        select max(e.at) as at from alert_entries e
        where e.alert_id = a.id and e.kind = 'notified' and e.at >= a.opened_at and e.data ? 'eventId') n
      where a.state = 'open' and not a.is_group and a.policy_id is not null and n.at is not null
        and a.id <> all(${[...alertIds]}::uuid[])
      order by ${LIKENESS}, n.at desc, a.next_notice_at)
    select fresh.id::text, lately.policy_id::text as "policyId", lately.next_step as step, lately.round,
      lately.next_notice_at as at, lately.told_at as "toldAt"
    from fresh join lately using (${LIKENESS})`;
  return new Map(rows.map(({ id, ...told }) => [id, told]));
}
