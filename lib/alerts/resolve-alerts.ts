import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { OWN_REQUEST, type RequestFacts } from "#lib/audit/request-facts.ts";
import { clearOrderSignals } from "#lib/orders/clear-order-signals.ts";
import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import { reasonText } from "#lib/platform/reason.ts";
import { clearSystemSignal } from "#lib/signals/system-signals.ts";
import type { SystemSignalKey } from "#lib/signals/types.ts";
import { ALERT_KINDS, type AlertKind } from "./alert-policy.ts";
import { type AlertTargets, type Decision, decideOnAlerts } from "./decide-on-alerts.ts";
import { tellAlerts } from "./tell-alerts.ts";
import type { AlertsDecided, SeenAlert } from "./types.ts";

const BY_PERSON = (Object.keys(ALERT_KINDS) as AlertKind[]).filter(
  (kind) => ALERT_KINDS[kind].ends !== "rule",
);

/** Signals that are cleared in the very transaction; with more of them it would take too long. */
const CLEARED_WITH_IT = 1_000;

/** Each with how much of it was seen, or all that match and had no more to tell of by then. */
type ResolveTargets = { alerts: SeenAlert[] } | Extract<AlertTargets, { upTo: string }>;

/**
 * Somebody says, with a reason, that they are dealt with. What a person ends is over with that; what only a rule
 * ends is silent, and comes back (`wakeAlerts`) when it begins anew, or stands on for `RESOLVED_REST_MS`. One that
 * tells of more than was seen is `lost` as `more`. Throws `forbidden`, or `invalid`.
 */
export async function resolveAlerts(
  core: Core,
  actor: Actor,
  input: ResolveTargets & { reason: string },
  request: RequestFacts = OWN_REQUEST,
): Promise<AlertsDecided> {
  requirePermission(actor, "alerts.act");
  const reason = reasonText(input.reason);
  const decision = {
    from: ["open", "acknowledged", "snoozed"] as const,
    isOfAllSeen: true,
    entry: "resolved" as const,
    note: reason,
    data: { how: "person" },
    write: async (tx, alerts, now) => {
      const ids = alerts.map(({ id }) => id);
      await tx.$executeRaw`
        update alerts set state = 'resolved', resolution = 'person', resolved_at = ${now}::timestamptz,
          resolved_by = ${actor.name}, resolve_reason = ${reason}, acknowledged_until = null, snoozed_until = null,
          snoozed_severity = null, snoozed_occurrences = null, next_notice_at = null,
          changed_at = ${now}::timestamptz, version = version + 1
        where id = any(${ids}::uuid[])`;
      await endDealtWith(tx, core, ids, { actor: actor.name, reason });
      await tellAlerts(tx, core, "alert.resolved", ids, now);
      return ids;
    },
  } satisfies Decision;
  return decideOnAlerts(core, actor, input, decision, request);
}

/**
 * Clears the standing signals of kinds that a person ends, and settles what is over by now. Of a group of
 * many they count as over from here on, and are cleared by and by (`clearDealtWith`).
 */
async function endDealtWith(
  tx: Tx,
  core: Pick<Core, "now" | "newId">,
  alertIds: string[],
  by: { actor: string; reason: string },
): Promise<void> {
  const ofOrders = await tx.$queryRaw<{ id: string; orderId: string }[]>`
    select id::text, order_id::text as "orderId" from order_signals
    where alert_id = any(${alertIds}::uuid[]) and cleared_at is null and key = any(${BY_PERSON}::text[])
    limit ${CLEARED_WITH_IT + 1}::int`;
  const areMany = ofOrders.length > CLEARED_WITH_IT;
  if (!areMany) await clearOrderSignals(tx, core, ofOrders, by);
  const ofKeyhold = await tx.$queryRaw<{ key: SystemSignalKey; subject: string }[]>`
    select key, subject from system_signals
    where alert_id = any(${alertIds}::uuid[]) and cleared_at is null and key = any(${BY_PERSON}::text[])
    order by id`;
  for (const { key, subject } of ofKeyhold) await clearSystemSignal(tx, core, key, subject);
  // Their orders first, in the order of their ids: whoever writes an order's signals holds it.
  await tx.$executeRaw`
    with held as materialized (
      select o.id from orders o
      where ${areMany} and o.id in (
        select order_id from order_signals
        where alert_id = any(${alertIds}::uuid[]) and cleared_at is null and key = any(${BY_PERSON}::text[]))
      order by o.id for no key update),
    orders_over as (
      update order_signals s set is_settled = true
      where s.alert_id = any(${alertIds}::uuid[]) and not s.is_settled and (s.cleared_at is not null
        or (s.key = any(${BY_PERSON}::text[]) and s.order_id in (select id from held)))
      returning s.alert_id),
    systems_over as (
      update system_signals set is_settled = true
      where alert_id = any(${alertIds}::uuid[]) and cleared_at is not null and not is_settled returning alert_id)
    update alerts a set standing = greatest(0, a.standing - c.count)
    from (
      select alert_id, count(*)::int as count
      from (select alert_id from orders_over union all select alert_id from systems_over) both_sorts
      group by alert_id) c
    where a.id = c.alert_id`;
}
