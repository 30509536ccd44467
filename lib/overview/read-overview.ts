import { type Actor, can, requirePermission } from "#lib/access/actor.ts";
import { DEFAULT_ALERT_FILTER } from "#lib/alerts/alert-filter.ts";
import { catchUp } from "#lib/alerts/catch-up.ts";
import { countAlerts } from "#lib/alerts/count-alerts.ts";
import { readAlerts } from "#lib/alerts/read-alerts.ts";
import { readRunway } from "#lib/balance/read-runway.ts";
import type { Core } from "#lib/platform/core.ts";
import type { SupplierAccounts } from "#lib/suppliers/account.ts";
import { readDeliveryFigures } from "./read-delivery-figures.ts";
import { readOrderFigures } from "./read-order-figures.ts";
import { readProductTimes } from "./read-product-times.ts";
import { readSpend } from "./read-spend.ts";
import { readSupplierFigures } from "./read-supplier-figures.ts";
import type { AlertFigures, Overview } from "./types.ts";

type OverviewContext = Core & { suppliers: SupplierAccounts };

/** As many as fit above everything else. */
const ALERTS = 6;

/**
 * What is moving, what is stuck and what it costs, each part for whoever may see it.
 * @param timeZone where the reader's day begins
 */
export async function readOverview(
  core: OverviewContext,
  actor: Actor,
  { timeZone }: { timeZone: string },
): Promise<Overview> {
  requirePermission(actor, "orders.read");
  const readAt = core.now().toISOString();
  const [alerts, orders, times, runway, spend, deliveries, suppliers] = await Promise.all([
    can(actor, "alerts.read") ? readAlertFigures(core, actor) : null,
    readOrderFigures(core),
    readProductTimes(core),
    can(actor, "balance.read") ? readRunway(core, actor) : null,
    can(actor, "balance.read") ? readSpend(core, timeZone) : null,
    can(actor, "deliveries.read") ? readDeliveryFigures(core) : null,
    can(actor, "suppliers.read") ? readSupplierFigures(core) : null,
  ]);
  return { alerts, ...orders, times, runway, spend, deliveries, suppliers, readAt };
}

async function readAlertFigures(core: OverviewContext, actor: Actor): Promise<AlertFigures> {
  await catchUp(core);
  const [{ bySeverity, acknowledged, snoozed }, { rows }] = await Promise.all([
    countAlerts(core, actor),
    readAlerts(core, actor, DEFAULT_ALERT_FILTER, { limit: ALERTS }),
  ]);
  return { bySeverity, acknowledged, snoozed, worst: rows };
}
