import type { Tx } from "#lib/platform/db.ts";
import { Prisma } from "#prisma/generated/client.ts";
import { DATA } from "./alert-row.ts";
import { withCrowds } from "./crowds.ts";
import { TOLD_JOINS, TOLD_NAMES } from "./told-names.ts";
import type { AlertData, AlertSeverity } from "./types.ts";

export type DueAlert = {
  id: string;
  kind: string;
  severity: AlertSeverity;
  subject: string;
  /** The subject as its readers call it; not a person, who is the house's to know. */
  about: string | null;
  orderId: string | null;
  supplier: string | null;
  isMock: boolean;
  isGroup: boolean;
  standing: number;
  openedAt: Date;
  data: AlertData;
  policyId: string;
  step: number;
  round: number;
  /** Somebody was told of it since it opened. */
  isTold: boolean;
  /** One notice tells of it and of others like it. */
  isCrowd: boolean;
};

/**
 * Open alerts of which somebody is to be told by now, the oldest first, locked; those that others hold are left out.
 * With them what is told together with them, unless `only` these are to be told.
 */
export const loadDue = (
  tx: Tx,
  now: Date,
  limit: number,
  only: readonly string[] | null = null,
): Promise<DueAlert[]> =>
  tx.$queryRaw<DueAlert[]>`
    with due as materialized (
      select * from alerts
      where next_notice_at <= ${now} and state = 'open'
        and ${only === null ? Prisma.sql`true` : Prisma.sql`id = any(${[...only]}::uuid[])`}
      order by next_notice_at, id limit ${limit} for update skip locked),
    ${withCrowds(only === null)}
    select a.id, a.kind, a.severity, a.subject, a.order_id as "orderId", a.is_mock as "isMock", a.is_group as "isGroup",
      a.standing, a.opened_at as "openedAt", ${DATA} as data, a.policy_id as "policyId", a.next_step as step, a.round,
      a.is_crowd as "isCrowd", exists (
        select from alert_entries e
        where e.alert_id = a.id and e.kind = 'notified' and e.at >= a.opened_at and e.data ? 'eventId') as "isTold",
      ${TOLD_NAMES}
    from told a ${TOLD_JOINS}
    order by a.next_notice_at, a.id`;

/** Their ids alone, without a lock. */
export async function readDue(
  db: Pick<Tx, "$queryRaw">,
  now: Date,
  limit: number,
): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select id::text from alerts where next_notice_at <= ${now} and state = 'open'
    order by next_notice_at, id limit ${limit}`;
  return rows.map(({ id }) => id);
}
