import type { Tx } from "#lib/platform/db.ts";
import { Prisma } from "#prisma/generated/client.ts";
import { DATA, SUBJECT } from "./alert-row.ts";
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
};

/** Open alerts of which somebody is to be told by now, the oldest first, locked; those that others hold are left out. */
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
      order by next_notice_at, id limit ${limit} for update skip locked)
    select a.id, a.kind, a.severity, a.subject, a.order_id as "orderId", a.is_mock as "isMock", a.is_group as "isGroup",
      a.standing, a.opened_at as "openedAt", ${DATA} as data, a.policy_id as "policyId", a.next_step as step, a.round,
      s.slug as supplier, coalesce(o.client_ref, n.name, p.name, k.name) as about
    from due a
    left join suppliers s on s.id = a.supplier_id
    left join orders o on o.id = a.order_id
    left join endpoints n on n.id = ${SUBJECT} and a.kind like 'endpoint\\_%'
    left join stock_products p on p.id = ${SUBJECT} and a.kind in ('stock_low', 'codes_expiring')
    left join api_keys k on k.id = ${SUBJECT} and a.kind = 'key_opens_old_codes'
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
