import { announce } from "#lib/events/announce.ts";
import { EVENT_VERSION } from "#lib/events/schemas.ts";
import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import { isUuid } from "#lib/platform/ids.ts";
import { ALERT_KINDS, type AlertKind } from "./alert-policy.ts";
import { TOLD_JOINS, TOLD_NAMES } from "./told-names.ts";
import type { AlertData, AlertSeverity } from "./types.ts";

type Told = {
  id: string;
  kind: AlertKind;
  subject: string;
  orderId: string | null;
  about: string | null;
  supplier: string | null;
  severity: AlertSeverity;
  isMock: boolean;
  isGroup: boolean;
  standing: number;
  data: AlertData;
  openedAt: Date;
  occurrences: number;
  productIds: string[];
};

/**
 * Announces that alerts have opened or are over, as they stand now, within the transaction that made it so. They
 * have no place among their order's events, whose row isn't locked.
 */
export async function tellAlerts(
  tx: Tx,
  core: Pick<Core, "newId">,
  type: "alert.opened" | "alert.resolved",
  alertIds: readonly string[],
  now: Date,
): Promise<void> {
  if (alertIds.length === 0) return;
  const alerts = await tx.$queryRaw<Told[]>`
    select a.id::text, a.kind, a.order_id::text as "orderId",
      case when a.is_group then a.supplier_id::text else a.subject end as subject,
      a.severity::text, a.is_mock as "isMock", a.is_group as "isGroup", a.standing, a.data, ${TOLD_NAMES}, a.opened_at as "openedAt", a.occurrences,
      coalesce((
        select jsonb_agg(distinct stock_product_of(o.supplier_id, i.external_id))
        from (
          select a.order_id as id union select s.order_id from order_signals s where s.alert_id = a.id) about
        join orders o on o.id = about.id join order_items i on i.order_id = o.id), '[]') as "productIds"
    from alerts a ${TOLD_JOINS}
    where a.id = any(${[...alertIds]}::uuid[]) order by a.id`;
  const events = alerts.map((alert) => {
    const { id, kind, subject, orderId, severity, isMock } = alert;
    const { about, supplier, isGroup, standing, occurrences } = alert;
    // Who of the house it is about is the house's to know.
    const { person: _, ...data } = alert.data;
    const isProduct = ALERT_KINDS[kind].about === "product" && isUuid(subject);
    return {
      ...{ type, version: EVENT_VERSION, subject, orderId: null, isMock },
      productIds: isProduct ? [subject] : alert.productIds,
      data: {
        ...{ key: kind, subject, orderId, openedAt: alert.openedAt.toISOString(), data },
        ...{ alertId: id, severity, about, supplier, isMock, isGroup, standing, occurrences },
        ...(type === "alert.resolved" ? { resolvedAt: now.toISOString() } : {}),
      },
    };
  });
  await announce(tx, core, events, now);
}
