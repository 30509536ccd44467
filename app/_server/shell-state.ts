import type { ShellState, SupplierHealth } from "#components/shell/shell-state.ts";
import { catchUp } from "#lib/alerts/catch-up.ts";
import { countAlerts } from "#lib/alerts/count-alerts.ts";
import { readAlertingHealth } from "#lib/alerts/read-alerting-health.ts";
import { readBalances } from "#lib/balance/read.ts";
import { countDeliveryAttention } from "#lib/deliveries/read-deliveries.ts";
import { engineHealth } from "#lib/engine/read.ts";
import type { Runtime } from "#lib/engine/runtime.ts";
import { countUnattributed } from "#lib/reconcile/read-supplier-orders.ts";
import { type SupplierHealth as AccountHealth, suppliersHealth } from "#lib/suppliers/read.ts";
import type { UserActor } from "./current-actor.ts";

const SUPPLIER_HEALTH: Record<AccountHealth["health"], SupplierHealth> = {
  ok: "ok",
  silenced: "slow",
  erroring: "erroring",
  unknown: "unknown",
};

/** What the shell around every page shows. */
export async function shellState(ctx: Runtime, actor: UserActor): Promise<ShellState> {
  // On any page: whoever looks at Keyhold sees what stalls, be nobody there to judge it.
  await catchUp(ctx);
  const [balances, engine, alerts, unattributed, deliveries, suppliers, alerting] =
    await Promise.all([
      readBalances(ctx, actor),
      engineHealth(ctx),
      countAlerts(ctx, actor),
      countUnattributed(ctx),
      countDeliveryAttention(ctx),
      suppliersHealth(ctx),
      readAlertingHealth(ctx),
    ]);
  const main = ctx.env.FOXRELOAD_CURRENCY;
  const { name, email, role } = actor;
  return {
    readAt: ctx.now().toISOString(),
    user: { name, email, role },
    environment: ctx.env.KEYHOLD_ENVIRONMENT,
    suppliers: suppliers.map((supplier) => ({
      name: supplier.name,
      health: SUPPLIER_HEALTH[supplier.health],
      checkedAt: latest(supplier.lastOkAt, supplier.lastErrorAt),
    })),
    engine: {
      health: engine.lastBeatAt === null ? "stopped" : engine.health,
      lastBeatAt: engine.lastBeatAt,
      lastKind: engine.lastKind,
    },
    alerting: alerting.kind === "ok" ? null : alerting,
    balances: balances
      .map(({ currency, available, sampledAt }) => ({ currency, available, sampledAt }))
      .sort((left, right) => Number(right.currency === main) - Number(left.currency === main)),
    counts: { alerts: alerts.open, unattributed, deliveries },
  };
}

function latest(...times: (string | null)[]): string | null {
  return (
    times
      .filter((time) => time !== null)
      .sort()
      .at(-1) ?? null
  );
}
