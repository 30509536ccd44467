import { describe, expect, it } from "vitest";
import type { Metrics } from "./metrics.ts";
import { renderMetrics } from "./render-metrics.ts";

const reading: Metrics = {
  openOrders: [{ status: "processing", isMock: false, count: 3 }],
  openSignals: [{ key: "stalled", count: 2 }],
  alerts: [{ state: "open", severity: "critical", count: 3, oldestSeconds: 90 }],
  engine: { workers: 2, isLate: false, beatAgeSeconds: 1.5 },
  suppliers: [
    {
      supplier: "foxreload",
      waiting: 3,
      due: 1,
      overdue: 0,
      oldestDueSeconds: 4.25,
      retrying: 0,
      completedLastHour: 0,
      looksPerCompleted: null,
      pollCallsPerCompleted: null,
      detectionDelaySeconds: 2,
      ratePerSecond: 1.5,
      rateLimitPerSecond: 2,
      tokens: { poll: 3.5 },
      blockedSeconds: 0,
      breaker: "half_open",
      congestion: 1.25,
      mode: "sweep",
      calls: [
        { what: "look", outcome: "accepted", lastMinute: 7, lastHour: 80, usefulLastHour: 40 },
        { what: "create", outcome: "refused", lastMinute: 0, lastHour: 2, usefulLastHour: 0 },
      ],
    },
  ],
  deliveries: {
    channels: [
      {
        channel: "webhook",
        endpoints: 2,
        endpointsHeld: 1,
        pending: 9,
        due: 4,
        oldestDueSeconds: 1.5,
      },
    ],
    tries: [{ channel: "webhook", outcome: "failed", errorKind: "timeout", count: 3 }],
    ended: [{ state: "success", count: 40 }],
  },
  balances: [{ supplier: "FoxReload", currency: "USD", available: 812.5 }],
};

describe("renderMetrics", () => {
  it("prints a line a sample", async () => {
    const lines = (await renderMetrics(reading)).split("\n");
    for (const line of [
      'keyhold_orders_open{status="processing",mock="false"} 3',
      'keyhold_orders_oldest_due_seconds{supplier="foxreload"} 4.25',
      "keyhold_engine_workers 2",
      "keyhold_engine_late 0",
      'keyhold_supplier_calls_last_hour{supplier="foxreload",what="look",outcome="accepted"} 80',
      'keyhold_supplier_calls_last_minute{supplier="foxreload",what="look",outcome="accepted"} 7',
      'keyhold_supplier_useful_calls_last_hour{supplier="foxreload",what="look",outcome="accepted"} 40',
      'keyhold_supplier_breaker_state{supplier="foxreload",state="closed"} 0',
      'keyhold_supplier_breaker_state{supplier="foxreload",state="half_open"} 1',
      'keyhold_polling_mode{supplier="foxreload",mode="sweep"} 1',
      'keyhold_balance_available{supplier="FoxReload",currency="USD"} 812.5',
      'keyhold_signals_open{key="stalled"} 2',
      'keyhold_alerts{state="open",severity="critical"} 3',
      'keyhold_alerts_oldest_seconds{state="open",severity="critical"} 90',
      'keyhold_deliveries_pending{channel="webhook"} 9',
      'keyhold_deliveries_oldest_due_seconds{channel="webhook"} 1.5',
      'keyhold_endpoints_held{channel="webhook"} 1',
      'keyhold_deliveries_ended_last_hour{state="success"} 40',
      'keyhold_delivery_tries_last_hour{channel="webhook",outcome="failed",error="timeout"} 3',
      "# TYPE keyhold_supplier_blocked_seconds gauge",
    ]) {
      expect(lines).toContain(line);
    }
  });

  it("leaves out what isn't known", async () => {
    const text = await renderMetrics({
      ...reading,
      engine: { workers: 0, isLate: true, beatAgeSeconds: null },
    });
    expect(text).toContain("\nkeyhold_engine_late 1\n");
    expect(text).not.toMatch(/^keyhold_engine_beat_age_seconds /m);
    expect(text).not.toMatch(/^keyhold_polling_looks_per_completed_order\{/m);
  });

  it("asks only of looks and sweeps whether they brought news", async () => {
    expect(await renderMetrics(reading)).not.toMatch(/useful_calls_last_hour\{.*what="create"/);
  });

  it("names nothing twice, from one scrape to the next", async () => {
    expect(await renderMetrics(reading)).toBe(await renderMetrics(reading));
  });

  it("keeps to Prometheus' form of names, and escapes labels", async () => {
    const text = await renderMetrics({ ...reading, openSignals: [{ key: 'a"b\n', count: 1 }] });
    expect(text).toContain('keyhold_signals_open{key="a\\"b\\n"} 1');
    for (const [, name] of text.matchAll(/^# TYPE (\S+)/gm)) {
      expect(name).toMatch(/^keyhold_[a-z_]+$/);
    }
  });
});
