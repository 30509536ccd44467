import { Gauge, Registry } from "prom-client";
import type { CallTally } from "#lib/suppliers/read-budget.ts";
import { asksForNews, type Metrics, type SupplierMetrics } from "./metrics.ts";

/** The media type of what `renderMetrics` prints. */
export const METRICS_TYPE = Registry.PROMETHEUS_CONTENT_TYPE;

const BREAKER_STATES = ["closed", "open", "half_open"] as const;
const MODES = ["single", "sweep"] as const;

type Labels = Record<string, string>;
type Sample = [labels: Labels, value: number | null];

/**
 * The Prometheus text of a reading. All are gauges: calls are counted over the last minute and hour,
 * since older counts are forgotten. What isn't known has no sample, rather than a zero.
 */
export async function renderMetrics(metrics: Metrics): Promise<string> {
  const registry = new Registry();

  function gauge(name: string, help: string, samples: Sample[]): void {
    const known = samples.filter(([, value]) => value !== null);
    // Without labels it would begin as 0.
    if (known.length === 0) return;
    const labelNames = [...new Set(known.flatMap(([labels]) => Object.keys(labels)))];
    const made = new Gauge({ name: `keyhold_${name}`, help, labelNames, registers: [registry] });
    for (const [labels, value] of known) made.set(labels, value ?? 0);
  }

  const { engine, suppliers } = metrics;
  const each = (value: (supplier: SupplierMetrics) => number | null): Sample[] =>
    suppliers.map((of) => [{ supplier: of.supplier }, value(of)]);
  const states = <State extends string>(
    label: string,
    all: readonly State[],
    current: (supplier: SupplierMetrics) => State,
  ): Sample[] =>
    suppliers.flatMap((of) =>
      all.map(
        (state): Sample => [
          { supplier: of.supplier, [label]: state },
          Number(current(of) === state),
        ],
      ),
    );
  const calls = (
    value: (tally: CallTally) => number,
    which: (tally: CallTally) => boolean = () => true,
  ): Sample[] =>
    suppliers.flatMap((of) =>
      of.calls
        .filter(which)
        .map(
          (tally): Sample => [
            { supplier: of.supplier, what: tally.what, outcome: tally.outcome },
            value(tally),
          ],
        ),
    );

  gauge(
    "orders_open",
    "Orders that are not finished, by status.",
    metrics.openOrders.map(({ status, isMock, count }) => [{ status, mock: `${isMock}` }, count]),
  );
  gauge(
    "orders_waiting",
    "Orders with a next look or send.",
    each((of) => of.waiting),
  );
  gauge(
    "orders_due",
    "Orders whose next look or send is due.",
    each((of) => of.due),
  );
  gauge(
    "orders_overdue",
    "Orders that are due for more than a minute.",
    each((of) => of.overdue),
  );
  gauge(
    "orders_oldest_due_seconds",
    "For how long the oldest due order has been due.",
    each((of) => of.oldestDueSeconds),
  );
  gauge(
    "orders_retrying",
    "Orders whose last look failed.",
    each((of) => of.retrying),
  );
  gauge(
    "orders_completed_last_hour",
    "Orders completed within the last hour.",
    each((of) => of.completedLastHour),
  );
  gauge("engine_workers", "Worker processes that showed a sign of life lately.", [
    [{}, engine.workers],
  ]);
  gauge("engine_late", "1 while neither a worker nor cron looks after the orders.", [
    [{}, Number(engine.isLate)],
  ]);
  gauge("engine_beat_age_seconds", "Since the last sign of life of any worker or cron run.", [
    [{}, engine.beatAgeSeconds],
  ]);
  gauge(
    "supplier_calls_last_minute",
    "Calls within the last full minute.",
    calls((tally) => tally.lastMinute),
  );
  gauge(
    "supplier_calls_last_hour",
    "Calls within the last hour.",
    calls((tally) => tally.lastHour),
  );
  gauge(
    "supplier_useful_calls_last_hour",
    "Looks and list pages within the last hour that brought news.",
    calls((tally) => tally.usefulLastHour, asksForNews),
  );
  gauge(
    "supplier_rate_per_second",
    "Calls a second that the account is taken to bear now.",
    each((of) => of.ratePerSecond),
  );
  gauge(
    "supplier_rate_limit_per_second",
    "Calls a second that are allowed at the most.",
    each((of) => of.rateLimitPerSecond),
  );
  gauge(
    "supplier_budget_tokens",
    "Calls that may be made at once, by slice of the budget.",
    suppliers.flatMap(({ supplier, tokens }) =>
      Object.entries(tokens).map(([slice, left]): Sample => [{ supplier, slice }, left]),
    ),
  );
  gauge(
    "supplier_blocked_seconds",
    "For how long the supplier still wants silence.",
    each((of) => of.blockedSeconds),
  );
  gauge(
    "supplier_breaker_state",
    "1 at the state in which the circuit breaker is.",
    states("state", BREAKER_STATES, (of) => of.breaker),
  );
  gauge(
    "polling_congestion_ratio",
    "How many times longer waits are than the schedules ask for.",
    each((of) => of.congestion),
  );
  gauge(
    "polling_mode",
    "1 at the way in which open orders are looked at.",
    states("mode", MODES, (of) => of.mode),
  );
  gauge(
    "polling_looks_per_completed_order",
    "Looks that the orders completed within the last hour took, on average.",
    each((of) => of.looksPerCompleted),
  );
  gauge(
    "polling_calls_per_completed_order",
    "Looks and list pages of the last hour for each order completed in it.",
    each((of) => of.pollCallsPerCompleted),
  );
  gauge(
    "polling_detection_delay_seconds",
    "Estimate: half of what lies between two looks at a young paid order.",
    each((of) => of.detectionDelaySeconds),
  );
  const { channels, tries, ended } = metrics.deliveries;
  const byChannel = (value: (of: (typeof channels)[number]) => number): Sample[] =>
    channels.map((of) => [{ channel: of.channel }, value(of)]);
  gauge(
    "endpoints",
    "Endpoints that are not deleted.",
    byChannel((of) => of.endpoints),
  );
  gauge(
    "endpoints_held",
    "Endpoints that are paused, switched off, or left alone for a while.",
    byChannel((of) => of.endpointsHeld),
  );
  gauge(
    "deliveries_pending",
    "Deliveries that are not finished.",
    byChannel((of) => of.pending),
  );
  gauge(
    "deliveries_due",
    "Deliveries that could be sent now.",
    byChannel((of) => of.due),
  );
  gauge(
    "deliveries_oldest_due_seconds",
    "For how long the oldest due delivery has been due.",
    byChannel((of) => of.oldestDueSeconds),
  );
  gauge(
    "deliveries_ended_last_hour",
    "Deliveries that ended within the last hour, by state.",
    ended.map(({ state, count }) => [{ state }, count]),
  );
  gauge(
    "delivery_tries_last_hour",
    "Tries within the last hour, by what came of them.",
    tries.map(({ channel, outcome, errorKind, count }) => [
      { channel, outcome, error: errorKind },
      count,
    ]),
  );
  gauge(
    "balance_available",
    "What can be spent, in units of the currency.",
    metrics.balances.map(({ supplier, currency, available }) => [
      { supplier, currency },
      available,
    ]),
  );
  gauge(
    "signals_open",
    "Findings that a person should see, by key.",
    metrics.openSignals.map(({ key, count }) => [{ key }, count]),
  );
  gauge(
    "alerts",
    "Alerts that are not resolved, by state and severity.",
    metrics.alerts.map(({ state, severity, count }) => [{ state, severity }, count]),
  );
  gauge(
    "alerts_oldest_seconds",
    "For how long the oldest of them has been there.",
    metrics.alerts.map(({ state, severity, oldestSeconds }) => [
      { state, severity },
      oldestSeconds,
    ]),
  );
  return registry.metrics();
}
