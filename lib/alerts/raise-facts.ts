/** What raising has to know, read under its lock. Private to this room. */
import type { Tx } from "#lib/platform/db.ts";
import { Prisma } from "#prisma/generated/client.ts";
import {
  ALERT_KINDS,
  type AlertKind,
  GROUP_WITHIN_MS,
  JOIN_QUIET_MS,
  OUTAGES,
  REOPEN_WITHIN_MS,
} from "./alert-policy.ts";
import type { KnownAlert, UntoldSignal } from "./plan-raises.ts";

const KINDS = Object.keys(ALERT_KINDS) as AlertKind[];
const GROUPING = KINDS.filter((kind) => ALERT_KINDS[kind].groups);
const ABOUT_ORDERS = KINDS.filter((kind) => ALERT_KINDS[kind].about === "order");
const UUID = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$";

/** Of signals that the statement calls `s` those with these ids; null: all. */
export type Only = readonly string[] | null;
export const amongThese = (only: Only): Prisma.Sql =>
  only === null ? Prisma.sql`true` : Prisma.sql`s.id = any(${[...only]}::uuid[])`;

/** Whether raising has anything to do; far cheaper than to find out under the lock. */
export async function isAnythingToRaise({ db }: { db: Pick<Tx, "$queryRaw"> }): Promise<boolean> {
  const [found] = await db.$queryRaw<{ isAny: boolean }[]>`
    select
      exists (select from order_signals where alert_id is null and cleared_at is null and key = any(${KINDS}))
      or exists (select from system_signals where alert_id is null and cleared_at is null and key = any(${KINDS}))
      or exists (select from order_signals where alert_id is not null and cleared_at is not null and not is_settled)
      or exists (select from system_signals where alert_id is not null and cleared_at is not null and not is_settled)
      as "isAny"`;
  return found?.isAny ?? false;
}

/** Signals that raising has to do with, so many of each sort, the oldest first. */
export async function readToRaise(
  { db }: { db: Pick<Tx, "$queryRaw"> },
  limit: number,
): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    (select id::text from order_signals where alert_id is not null and cleared_at is not null and not is_settled
      order by cleared_at limit ${limit}::int)
    union all
    (select id::text from system_signals where alert_id is not null and cleared_at is not null and not is_settled
      order by cleared_at limit ${limit}::int)
    union all
    (select id::text from system_signals where alert_id is null and cleared_at is null and key = any(${KINDS})
      order by opened_at, id limit ${limit}::int)
    union all
    (select id::text from order_signals where alert_id is null and cleared_at is null and key = any(${KINDS})
      order by opened_at, id limit ${limit}::int)`;
  return rows.map(({ id }) => id);
}

/**
 * Locks signals that nobody has been told of, oldest first. What somebody is writing at this moment is left to
 * the next time: raising never waits for whoever records orders, who may wait for a signal of ours. An order is
 * held as well, since a row that names it would wait for it.
 */
export async function lockUntold(
  tx: Tx,
  limit: number,
  only: Only = null,
): Promise<UntoldSignal[]> {
  const ofOrders = await tx.$queryRaw<UntoldSignal[]>`
    select s.id::text, 'order' as source, s.key as kind, o.id::text as subject, o.id::text as "orderId",
      o.supplier_id::text as "supplierId", o.is_mock as "isMock", s.opened_at as "openedAt", s.data
    from order_signals s join orders o on o.id = s.order_id
    where s.alert_id is null and s.cleared_at is null and s.key = any(${KINDS}) and ${amongThese(only)}
    order by s.opened_at, s.id limit ${limit}::int
    for no key update of s skip locked for key share of o skip locked`;
  const ofKeyhold = await tx.$queryRaw<UntoldSignal[]>`
    select s.id::text, 'system' as source, s.key as kind, s.subject, null as "orderId", null as "supplierId",
      coalesce(s.data->>'isMock' = 'true', false) as "isMock", s.opened_at as "openedAt", s.data
    from system_signals s
    where s.alert_id is null and s.cleared_at is null and s.key = any(${KINDS}) and ${amongThese(only)}
    order by s.opened_at, s.id limit ${limit}::int
    for no key update of s skip locked`;
  return [...ofOrders, ...(await withSubjects(tx, ofKeyhold))];
}

type Named = { subject: string; orderId: string | null; supplierId: string; isMock: boolean };

/** Which order or account each is about. One whose order somebody is writing is left out. */
async function withSubjects(tx: Tx, signals: UntoldSignal[]): Promise<UntoldSignal[]> {
  if (signals.length === 0) return [];
  const isOrder = ({ kind }: UntoldSignal) => ABOUT_ORDERS.includes(kind);
  const orders = signals.filter(isOrder).map(({ subject }) => subject);
  const others = signals.filter((one) => !isOrder(one)).map(({ subject }) => subject);
  const held = await tx.$queryRaw<Named[]>`
    select o.id::text as subject, o.id::text as "orderId", o.supplier_id::text as "supplierId", o.is_mock as "isMock"
    from orders o
    where o.id in (select t::uuid from unnest(${orders}::text[]) t where t ~ ${UUID})
    for key share skip locked`;
  const known = await tx.$queryRaw<{ subject: string }[]>`
    select o.id::text as subject from orders o
    where o.id in (select t::uuid from unnest(${orders}::text[]) t where t ~ ${UUID})`;
  const accounts = await tx.$queryRaw<Omit<Named, "isMock" | "orderId">[]>`
    with asked as (select distinct t::uuid as id from unnest(${others}::text[]) t where t ~ ${UUID})
    select s.id::text as subject, s.id::text as "supplierId" from suppliers s join asked using (id)
    union all
    select p.id::text, p.supplier_id::text from stock_products p join asked using (id) where p.supplier_id is not null`;
  const orderOf = new Map(held.map((one) => [one.subject, one]));
  const isKnown = new Set(known.map(({ subject }) => subject));
  const accountOf = new Map(accounts.map((one) => [one.subject, one.supplierId]));
  return signals.flatMap((signal) => {
    if (!isOrder(signal)) {
      return [{ ...signal, supplierId: accountOf.get(signal.subject) ?? null }];
    }
    const order = orderOf.get(signal.subject);
    if (order) return [{ ...signal, ...order }];
    return isKnown.has(signal.subject) ? [] : [signal];
  });
}

/** The alerts that those signals may belong to, and those that a group or an outage may take in. */
export async function readKnown(
  tx: Tx,
  signals: readonly UntoldSignal[],
  now: Date,
): Promise<KnownAlert[]> {
  const ago = (ms: number) => new Date(now.getTime() - ms);
  const kinds = signals.map(({ kind }) => kind);
  const subjects = signals.map(({ subject }) => subject);
  const accounts = [
    ...new Set(signals.flatMap(({ supplierId }) => (supplierId ? [supplierId] : []))),
  ];
  return tx.$queryRaw<KnownAlert[]>`
    with told as (select distinct kind, subject from unnest(${kinds}::text[], ${subjects}::text[]) t(kind, subject)),
    wanted as (
      select a.id from told t join alerts a
        on a.kind = t.kind and a.subject = t.subject and not a.is_group and a.state <> 'resolved'
      union
      select p.id from told t cross join lateral (
        select p.id from alerts p
        where p.kind = t.kind and p.subject = t.subject and not p.is_group and p.state = 'resolved'
          and p.resolution <> 'grouped' and p.resolved_at >= ${ago(REOPEN_WITHIN_MS)}
        order by p.resolved_at desc limit 1) p
      union
      select a.id from alerts a
      where a.supplier_id = any(${accounts}::uuid[]) and a.state <> 'resolved'
        and (a.is_group or a.kind = any(${[...OUTAGES]}::text[])
          or (a.kind = any(${GROUPING}::text[]) and a.state = 'open' and a.opened_at >= ${ago(GROUP_WITHIN_MS)})))
    select a.id::text, a.kind, a.subject, a.is_group as "isGroup", a.severity::text, a.state::text,
      a.supplier_id::text as "supplierId", a.is_mock as "isMock", a.opened_at as "openedAt", a.standing,
      a.last_at as "lastAt", told.standing as "toldStanding", plan.is_out as "isToldOut",
      a.snoozed_severity::text as "snoozedSeverity", a.occurrences,
      coalesce(a.snoozed_occurrences, case when a.state = 'acknowledged' then a.occurrences - coalesce((
        select sum((e.data->>'count')::int) from alert_entries e
        where e.alert_id = a.id and e.kind in ('recurred', 'reopened') and e.id > (
          select k.id from alert_entries k
          where k.alert_id = a.id and k.kind = 'acknowledged' order by k.id desc limit 1)), 0) end)::int
        as "seenOccurrences",
      a.kind = any(${[...OUTAGES]}::text[]) and exists (
        select from system_signals g where g.alert_id = a.id and g.key = a.kind and g.cleared_at is null) as "isOutage",
      a.assignee_id is null and not exists (
        select from alert_entries e where e.alert_id = a.id and e.actor_name is not null) as "isUntouched"
    from wanted join alerts a using (id)
    cross join lateral (
      select a.state = 'open' and a.policy_id is not null and (a.next_notice_at is null
        or (a.next_step = 0 and a.round > 0 and a.next_notice_at > ${ago(-JOIN_QUIET_MS)})) as is_out) plan
    left join lateral (
      select (e.data->>'standing')::int as standing from alert_entries e
      where plan.is_out and e.alert_id = a.id and e.data ? 'standing' and e.id < (
        select n.id from alert_entries n
        where n.alert_id = a.id and n.kind = 'notified' and n.data ? 'eventId' order by n.id desc limit 1)
      order by e.id desc limit 1) told on true`;
}

/**
 * Of alerts that are to be taken in, those whose signals could all be had, and those signals. A row whose signals
 * somebody is writing stays by itself until the next time.
 */
export async function lockFolded(
  tx: Tx,
  alerts: readonly KnownAlert[],
): Promise<{ id: string; alertId: string }[]> {
  if (alerts.length === 0) return [];
  const rows = await tx.$queryRaw<{ id: string; alertId: string }[]>`
    select s.id::text, s.alert_id::text as "alertId" from order_signals s join orders o on o.id = s.order_id
    where s.alert_id = any(${alerts.map(({ id }) => id)}::uuid[]) and not s.is_settled
    for no key update of s skip locked for key share of o skip locked`;
  const whole = new Set(
    alerts
      .filter(({ id, standing }) => {
        const held = rows.filter(({ alertId }) => alertId === id).length;
        return held > 0 && held === standing;
      })
      .map(({ id }) => id),
  );
  return rows.filter(({ alertId }) => whole.has(alertId));
}
