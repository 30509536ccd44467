import { type Actor, can, requirePermission } from "#lib/access/actor.ts";
import type { Permission } from "#lib/access/permissions.ts";
import type { OrderStatus } from "#lib/orders/lifecycle.ts";
import type { Core } from "#lib/platform/core.ts";
import { isUuid } from "#lib/platform/ids.ts";
import { ALERT_KINDS, type AlertAction, type AlertKind } from "./alert-policy.ts";
import { ALERT_COLUMNS, ALERT_JOINS, type FoundAlert, GOODS, toAlertRow } from "./alert-row.ts";
import { readNotices } from "./read-notices.ts";
import type { AlertData, AlertEntryView, AlertMember, AlertView, EntryKind } from "./types.ts";

const MOST_ENTRIES = 200;
const MOST_ORDERS = 50;

/** What each button needs beside the right to see the alert. */
const NEEDS: Record<AlertAction, Permission> = {
  look_now: "orders.look",
  pay: "orders.look",
  adopt: "orders.decide",
  call_off: "orders.decide",
  replace: "codes.hand_out",
  resend_notices: "deliveries.send",
  mark_handled: "alerts.act",
  dossier: "alerts.act",
  open_order: "orders.read",
  open_codes: "codes.read",
  open_supplier_orders: "orders.read",
  open_deliveries: "deliveries.read",
  open_endpoint: "deliveries.read",
  enable_endpoint: "deliveries.send",
  open_supplier: "suppliers.read",
  open_inbox: "suppliers.read",
  open_balance: "balance.read",
  record_top_up: "balance.record",
  open_stock: "codes.read",
  import_codes: "codes.import",
  open_person: "codes.reveal",
  open_api_keys: "api_keys.manage",
};

/** Everything that is known of one alert, and what this person may do about it; null where there is none. */
export async function readAlert(
  core: Core,
  actor: Actor,
  alertId: string,
): Promise<AlertView | null> {
  requirePermission(actor, "alerts.read");
  if (!isUuid(alertId)) return null;
  const id = alertId.toLowerCase();
  const [found] = await core.db.$queryRaw<FoundAlert[]>`
    select ${ALERT_COLUMNS} from alerts a ${ALERT_JOINS} where a.id = ${id}::uuid`;
  if (!found) return null;
  const [entries, orders, ordersTotal, notices, nextNotice] = await Promise.all([
    readEntries(core, id),
    readOrders(core, id),
    countOrders(core, id),
    readNotices(core.db, id),
    readNextNotice(core, id),
  ]);
  const actions: readonly AlertAction[] = ALERT_KINDS[found.kind]?.actions ?? [];
  return {
    ...toAlertRow(found),
    ...{ entries, orders, ordersTotal, notices, nextNotice },
    actions: actions.filter((action) => can(actor, NEEDS[action])),
    mayAct: can(actor, "alerts.act"),
    readAt: core.now().toISOString(),
  };
}

async function readEntries({ db }: Core, alertId: string): Promise<AlertEntryView[]> {
  const rows = await db.alertEntry.findMany({
    where: { alertId },
    orderBy: { id: "desc" },
    take: MOST_ENTRIES,
    select: { id: true, kind: true, at: true, actorName: true, note: true, data: true },
  });
  return rows.map(({ kind, at, data, ...rest }) => ({
    ...rest,
    kind: kind as EntryKind,
    at: at.toISOString(),
    data: data as AlertData,
  }));
}

/** Those whose signals stand first, then the newest. */
async function readOrders({ db }: Core, alertId: string): Promise<AlertMember[]> {
  const rows = await db.$queryRaw<
    {
      id: string;
      kind: AlertKind;
      goods: string | null;
      status: OrderStatus;
      openedAt: Date;
      clearedAt: Date | null;
    }[]
  >`
    with members as (
      select distinct on (order_id) order_id, key, opened_at, cleared_at from order_signals
      where alert_id = ${alertId}::uuid
      order by order_id, cleared_at is not null, opened_at desc),
    few as (select * from members order by cleared_at is not null, opened_at desc, order_id limit ${MOST_ORDERS}::int)
    select o.id::text, few.key as kind, ${GOODS} as goods, o.status::text, few.opened_at as "openedAt",
      few.cleared_at as "clearedAt"
    from few join orders o on o.id = few.order_id
    order by few.cleared_at is not null, few.opened_at desc, o.id`;
  return rows.map(({ goods, openedAt, clearedAt, ...rest }) => ({
    ...rest,
    goods: goods ?? "",
    signalOpenedAt: openedAt.toISOString(),
    clearedAt: clearedAt?.toISOString() ?? null,
  }));
}

async function countOrders({ db }: Core, alertId: string): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    select count(distinct order_id)::int as count from order_signals where alert_id = ${alertId}::uuid`;
  return row?.count ?? 0;
}

async function readNextNotice({ db }: Core, alertId: string): Promise<AlertView["nextNotice"]> {
  const [next] = await db.$queryRaw<{ at: Date; to: string }[]>`
    select a.next_notice_at as at, coalesce(u.name, e.name) as "to"
    from alerts a
    join escalation_steps s on s.policy_id = a.policy_id and s.place = a.next_step
    join endpoints e on e.id = s.endpoint_id left join users u on u.id = s.user_id
    where a.id = ${alertId}::uuid and a.next_notice_at is not null`;
  return next ? { at: next.at.toISOString(), to: next.to } : null;
}
