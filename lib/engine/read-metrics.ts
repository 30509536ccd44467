import { readAlertLoad } from "#lib/alerts/read-alert-load.ts";
import { LATE_AFTER_MS } from "#lib/alerts/rules/engine-awake.ts";
import { readBalances } from "#lib/balance/read.ts";
import { readDeliveryLoad } from "#lib/deliveries/read-load.ts";
import type { OrdersContext } from "#lib/orders/context.ts";
import { type OrderLoad, readLoad } from "#lib/orders/read-load.ts";
import { readPlans } from "#lib/polling/read-plans.ts";
import { readBudgets } from "#lib/suppliers/read-budget.ts";
import { asksForNews, type Metrics, type SupplierMetrics } from "./metrics.ts";
import { engineHealth } from "./read.ts";

const monitor = { kind: "job", name: "metrics" } as const;

/** Reads everything that `/api/metrics` tells, in a few statements. */
export async function readMetrics(ctx: OrdersContext): Promise<Metrics> {
  const [
    health,
    workers,
    openOrders,
    openSignals,
    alerts,
    loads,
    budgets,
    plans,
    balances,
    deliveries,
  ] = await Promise.all([
    engineHealth(ctx),
    countWorkers(ctx),
    countOpen(ctx),
    countSignals(ctx),
    readAlertLoad(ctx),
    readLoad(ctx),
    readBudgets(ctx),
    readPlans(ctx),
    readBalances(ctx, monitor),
    readDeliveryLoad(ctx),
  ]);
  const slugOf = new Map(budgets.map(({ name, slug }) => [name, slug]));
  return {
    openOrders,
    openSignals,
    alerts,
    deliveries,
    engine: {
      workers,
      isLate: health.health === "late",
      beatAgeSeconds: health.lastBeatAt === null ? null : secondsSince(ctx, health.lastBeatAt),
    },
    suppliers: budgets.map((budget) => {
      const mine = <T extends { supplierId: string }>(rows: T[]) =>
        rows.find(({ supplierId }) => supplierId === budget.supplierId);
      return toSupplier(ctx, budget, mine(plans), mine(loads));
    }),
    balances: balances.map(({ supplierName, currency, available }) => ({
      supplier: slugOf.get(supplierName) ?? supplierName,
      currency,
      available: Number(available),
    })),
  };
}

type Budget = Awaited<ReturnType<typeof readBudgets>>[number];
type Plan = Awaited<ReturnType<typeof readPlans>>[number];

function toSupplier(
  ctx: OrdersContext,
  budget: Budget,
  plan: Plan | undefined,
  load: OrderLoad | undefined,
): SupplierMetrics {
  const completed = load?.completedLastHour ?? 0;
  const sweepEveryMs = plan?.mode === "sweep" ? plan.sweepEveryMs : null;
  const halfWaitMs = sweepEveryMs === null ? (load?.halfWaitMs ?? null) : sweepEveryMs / 2;
  const asked = budget.calls.filter(asksForNews).reduce((sum, { lastHour }) => sum + lastHour, 0);
  return {
    supplier: budget.slug,
    waiting: load?.waiting ?? 0,
    due: load?.due ?? 0,
    overdue: load?.overdue ?? 0,
    oldestDueSeconds: load?.oldestDueAt ? secondsSince(ctx, load.oldestDueAt) : 0,
    retrying: load?.retrying ?? 0,
    completedLastHour: completed,
    looksPerCompleted: completed > 0 ? (load?.looksOfCompleted ?? 0) / completed : null,
    pollCallsPerCompleted: completed > 0 ? asked / completed : null,
    detectionDelaySeconds: halfWaitMs === null ? null : halfWaitMs / 1_000,
    ratePerSecond: budget.rate / 60,
    rateLimitPerSecond: budget.callsPerMinute / 60,
    tokens: budget.tokens,
    blockedSeconds: budget.blockedUntil ? secondsUntil(ctx, budget.blockedUntil) : 0,
    breaker: budget.breaker,
    congestion: plan?.congestion ?? 1,
    mode: plan?.mode ?? "single",
    calls: budget.calls,
  };
}

type Clock = Pick<OrdersContext, "now">;

const secondsSince = ({ now }: Clock, at: string): number =>
  Math.max(0, now().getTime() - Date.parse(at)) / 1_000;

const secondsUntil = ({ now }: Clock, at: string): number =>
  Math.max(0, Date.parse(at) - now().getTime()) / 1_000;

function countWorkers({ db, now }: OrdersContext): Promise<number> {
  const since = new Date(now().getTime() - LATE_AFTER_MS);
  return db.engineRun.count({ where: { kind: "worker", stoppedAt: null, beatAt: { gt: since } } });
}

function countOpen({ db }: OrdersContext): Promise<Metrics["openOrders"]> {
  return db.$queryRaw`
    select status::text, is_mock as "isMock", count(*)::int as count from orders
    where status in ('submitting', 'unconfirmed', 'awaiting_payment', 'paid', 'processing')
    group by status, is_mock order by status, is_mock`;
}

/** Of orders and of Keyhold as a whole; their keys differ. */
function countSignals({ db }: OrdersContext): Promise<Metrics["openSignals"]> {
  return db.$queryRaw`
    select key, count(*)::int as count from (
      select key from order_signals where cleared_at is null
      union all
      select key from system_signals where cleared_at is null) open
    group by key order by key`;
}
