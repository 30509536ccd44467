import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import { ALERT_KINDS, type AlertKind } from "./alert-policy.ts";
import { amongThese, type Only } from "./raise-facts.ts";
import { type NewAlertEntry, writeEntries } from "./store.ts";

const BY_RULE = (Object.keys(ALERT_KINDS) as AlertKind[]).filter(
  (kind) => ALERT_KINDS[kind].ends !== "person",
);

type Settled = {
  id: string;
  count: number;
  standing: number;
  isOver: boolean;
  wasResolved: boolean;
  /** The very thing stands on: it has only happened again. */
  isRenewed: boolean;
};

/**
 * Lets alerts know which of their signals are over, `limit` of each sort at a time. One that none stands of any
 * more is resolved, where its kind ends by its rule; the others wait for a person. The caller holds `lockAlerts`.
 * @returns how many signals were settled, and which alerts are over
 */
export async function settleSignals(
  tx: Tx,
  core: Pick<Core, "newId">,
  limit: number,
  now: Date,
  only: Only = null,
): Promise<{ settled: number; resolved: string[] }> {
  const alerts = await tx.$queryRaw<Settled[]>`
    with orders_over as (
      update order_signals set is_settled = true where id in (
        select id from order_signals s
        where alert_id is not null and cleared_at is not null and not is_settled and ${amongThese(only)}
        order by cleared_at limit ${limit}::int for no key update skip locked)
      returning alert_id),
    systems_over as (
      update system_signals set is_settled = true where id in (
        select id from system_signals s
        where alert_id is not null and cleared_at is not null and not is_settled
          -- One that was renewed is followed before it is over: its alert goes on.
          and not exists (
            select from system_signals n
            where n.key = s.key and n.subject = s.subject and n.cleared_at is null and n.alert_id is null
              and n.opened_at <= s.cleared_at)
          and ${amongThese(only)}
        order by cleared_at limit ${limit}::int for no key update of s skip locked)
      returning alert_id),
    counted as (
      select alert_id, count(*)::int as count
      from (select alert_id from orders_over union all select alert_id from systems_over) both_sorts
      group by alert_id),
    judged as (
      select a.id, c.count, greatest(0, a.standing - c.count) as standing, a.state = 'resolved' as was_resolved,
        not a.is_group and c.count = 1 and exists (
          select from system_signals n
          where n.key = a.kind and n.subject = a.subject and n.cleared_at is null and n.alert_id = a.id) as is_renewed,
        a.state <> 'resolved' and a.standing <= c.count and a.kind = any(${BY_RULE}::text[]) as is_over
      from counted c join alerts a on a.id = c.alert_id)
    update alerts a set standing = j.standing, changed_at = ${now}::timestamptz,
      -- The signal's last words, which nobody reads of it any more.
      data = case when a.is_group then a.data else coalesce((
        select g.data from system_signals g
        where g.alert_id = a.id and g.key = a.kind and g.subject = a.subject
        order by g.cleared_at is null desc, g.opened_at desc limit 1), a.data) end,
      state = case when j.is_over then 'resolved' else a.state end,
      resolution = case when j.is_over then 'cleared' else a.resolution end,
      resolved_at = case when j.is_over then ${now}::timestamptz else a.resolved_at end,
      acknowledged_until = case when not j.is_over then a.acknowledged_until end,
      snoozed_until = case when not j.is_over then a.snoozed_until end,
      snoozed_severity = case when not j.is_over then a.snoozed_severity end,
      snoozed_occurrences = case when not j.is_over then a.snoozed_occurrences end,
      next_notice_at = case when not j.is_over then a.next_notice_at end,
      version = a.version + j.is_over::int
    from judged j where a.id = j.id
    returning a.id::text, j.count, j.standing, j.is_over as "isOver", j.was_resolved as "wasResolved",
      j.is_renewed as "isRenewed"`;
  await writeEntries(tx, core, alerts.flatMap(entryOf), now);
  return {
    settled: alerts.reduce((sum, { count }) => sum + count, 0),
    resolved: alerts.filter(({ isOver }) => isOver).map(({ id }) => id),
  };
}

/** What ends after somebody has put the alert aside for good is no news. */
function entryOf({
  id,
  count,
  standing,
  isOver,
  wasResolved,
  isRenewed,
}: Settled): NewAlertEntry[] {
  if (isOver) return [{ alertId: id, kind: "resolved", data: { how: "cleared" } }];
  return wasResolved || isRenewed
    ? []
    : [{ alertId: id, kind: "eased", data: { count, standing } }];
}
