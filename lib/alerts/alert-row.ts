/** How an alert is read, for lists and for its own page alike. Private to this room. */
import type { OrderStatus } from "#lib/orders/lifecycle.ts";
import { Prisma } from "#prisma/generated/client.ts";
import { ALERT_KINDS, type AlertKind } from "./alert-policy.ts";
import type {
  AlertData,
  AlertRow,
  AlertSeverity,
  AlertState,
  EntryKind,
  Resolution,
} from "./types.ts";

const { sql } = Prisma;

/** A product, and how many more there are, of the order `o`. */
export const GOODS = sql`(
  select min(i.product_name) filter (where i.position = 0) || case when count(*) > 1 then ' +' || count(*) - 1 else '' end
  from order_items i where i.order_id = o.id)`;

/** Of an alert about one thing its standing signal's, which its rule keeps up to date; else as it was told. */
export const DATA = sql`coalesce(
  (select g.data from system_signals g
    where g.key = a.kind and g.subject = a.subject and g.cleared_at is null and g.alert_id = a.id),
  a.data)`;

export const ALERT_COLUMNS = sql`
  a.id::text, a.kind, a.subject, a.is_group as "isGroup", a.severity::text, a.state::text, a.is_mock as "isMock",
  a.opened_at as "openedAt", a.last_at as "lastAt", a.changed_at as "changedAt", a.occurrences, a.standing, a.version,
  a.reopened, ${DATA} as data, a.acknowledged_until as "acknowledgedUntil", a.snoozed_until as "snoozedUntil",
  a.assignee_id::text as "assigneeId", a.assignee_name as "assigneeName", a.resolution, a.resolved_at as "resolvedAt",
  a.resolved_by as "resolvedBy", a.resolve_reason as "resolveReason", a.group_id::text as "groupId",
  a.supplier_id::text as "supplierId", s.slug as "supplierSlug", s.name as "supplierName",
  o.id::text as "orderId", o.status::text as "orderStatus", o.supplier_order_id as "supplierOrderId",
  case when o.id is not null then ${GOODS} end as goods,
  case
    when o.id is not null then null
    when a.is_group or a.subject = s.id::text then s.name
    else coalesce(p.name, e.name, u.name, k.name, a.subject) end as about,
  d.kind as "decisionKind", d.actor_name as "decidedBy", d.at as "decidedAt", d.note as "decisionNote"`;

/** The subject is an id where it is one of ours; whatever else it is leads nowhere. */
export const SUBJECT = sql`case when a.subject ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then a.subject::uuid end`;

export const ALERT_JOINS = sql`
  left join suppliers s on s.id = a.supplier_id
  left join orders o on o.id = a.order_id
  left join stock_products p on p.id = ${SUBJECT} and not a.is_group and a.order_id is null
  left join endpoints e on e.id = ${SUBJECT} and not a.is_group and a.order_id is null
  left join users u on u.id = ${SUBJECT} and not a.is_group and a.order_id is null
  left join api_keys k on k.id = ${SUBJECT} and not a.is_group and a.order_id is null
  left join lateral (
    select x.kind, x.actor_name, x.at, x.note from alert_entries x
    where x.alert_id = a.id and x.actor_name is not null order by x.id desc limit 1) d on true`;

export type FoundAlert = {
  id: string;
  kind: AlertKind;
  subject: string;
  isGroup: boolean;
  severity: AlertSeverity;
  state: AlertState;
  isMock: boolean;
  openedAt: Date;
  lastAt: Date;
  changedAt: Date;
  occurrences: number;
  standing: number;
  version: number;
  reopened: number;
  data: AlertData;
  acknowledgedUntil: Date | null;
  snoozedUntil: Date | null;
  assigneeId: string | null;
  assigneeName: string | null;
  resolution: Resolution | null;
  resolvedAt: Date | null;
  resolvedBy: string | null;
  resolveReason: string | null;
  groupId: string | null;
  supplierId: string | null;
  supplierSlug: string | null;
  supplierName: string | null;
  orderId: string | null;
  orderStatus: OrderStatus | null;
  supplierOrderId: string | null;
  goods: string | null;
  about: string | null;
  decisionKind: EntryKind | null;
  decidedBy: string | null;
  decidedAt: Date | null;
  decisionNote: string | null;
};

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

export function toAlertRow(found: FoundAlert): AlertRow {
  const { orderId, orderStatus, goods, supplierOrderId, assigneeId, assigneeName } = found;
  const { decisionKind, decidedBy, decidedAt, decisionNote } = found;
  return {
    id: found.id,
    kind: found.kind,
    subject: found.subject,
    isGroup: found.isGroup,
    severity: found.severity,
    state: found.state,
    isMock: found.isMock,
    openedAt: found.openedAt.toISOString(),
    lastAt: found.lastAt.toISOString(),
    changedAt: found.changedAt.toISOString(),
    occurrences: found.occurrences,
    standing: found.standing,
    version: found.version,
    reopened: found.reopened,
    supplierId: found.supplierId,
    supplierSlug: found.supplierSlug,
    supplierName: found.supplierName,
    order:
      orderId && orderStatus
        ? { id: orderId, status: orderStatus, goods: goods ?? "", supplierOrderId }
        : null,
    about: ALERT_KINDS[found.kind]?.about === "keyhold" ? null : found.about,
    data: found.data,
    assignee: assigneeId && assigneeName ? { id: assigneeId, name: assigneeName } : null,
    acknowledgedUntil: iso(found.acknowledgedUntil),
    snoozedUntil: iso(found.snoozedUntil),
    lastDecision:
      decisionKind && decidedAt
        ? {
            kind: decisionKind,
            actorName: decidedBy,
            at: decidedAt.toISOString(),
            note: decisionNote,
          }
        : null,
    resolution: found.resolution,
    resolvedAt: iso(found.resolvedAt),
    resolvedBy: found.resolvedBy,
    resolveReason: found.resolveReason,
    groupId: found.groupId,
  };
}
