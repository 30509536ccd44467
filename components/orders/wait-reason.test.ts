import { describe, expect, it } from "vitest";
import { stretchOf, waitReason } from "#components/orders/wait-reason.ts";
import type { OrderStatus } from "#lib/orders/lifecycle.ts";
import type { LookWait } from "#lib/orders/types.ts";

const now = Date.parse("2026-11-21T10:00:00Z");
const at = (ms: number) => new Date(now + ms).toISOString();

function order(wait: Partial<LookWait> = {}, status: OrderStatus = "processing") {
  return {
    status,
    failedLooks: 0,
    paidAt: at(-20_000),
    nextPollAt: at(3_000),
    statusChangedAt: at(-10_000),
    wait: {
      preset: "learned" as const,
      everyMs: 4_000,
      learnedFrom: 31,
      congestion: 1,
      sweepEveryMs: null,
      silentUntil: null,
      pausedUntil: null,
      byPerson: null,
      ...wait,
    },
  };
}

describe("waitReason", () => {
  it("names the schedule, and what was learnt", () => {
    expect(waitReason(order(), now)).toEqual({ kind: "learned", samples: 31 });
    expect(waitReason(order({ learnedFrom: 0 }), now)).toEqual({ kind: "unlearnt" });
    expect(waitReason(order({ preset: "steady" }), now)).toEqual({ kind: "steady" });
    expect(waitReason(order({ preset: "backoff" }), now)).toEqual({ kind: "backoff" });
  });

  it("puts a person's pause before all else, as long as it lasts", () => {
    const pause = { until: at(60_000), why: "sold out", by: "Ravi" };
    const waits = { byPerson: pause, silentUntil: at(90_000) };
    expect(waitReason(order(waits), now)).toEqual({ kind: "pollingPaused", pause });
    const unsent = order(waits, "submitting");
    expect(waitReason(unsent, now)).toEqual({ kind: "orderingPaused", pause });
    expect(waitReason(order(waits), now + 60_000)).toMatchObject({ kind: "silenced" });
  });

  it("puts what silences the account first, as long as it does", () => {
    const silenced = { silentUntil: at(1), pausedUntil: at(5_000) };
    expect(waitReason(order(silenced), now)).toEqual({ kind: "silenced", until: at(1) });
    expect(waitReason(order(silenced), now + 2)).toEqual({ kind: "paused", until: at(5_000) });
    expect(waitReason(order(silenced, "submitting"), now)?.kind).toBe("silenced");
    expect(waitReason(order(silenced), now + 5_001)?.kind).toBe("learned");
  });

  it("doesn't put it down to a silence that is over well before the look", () => {
    const slow = { ...order({ silentUntil: at(30_000) }), nextPollAt: at(300_000) };
    expect(waitReason(slow, now)?.kind).toBe("learned");
    expect(waitReason({ ...slow, nextPollAt: at(33_000) }, now)?.kind).toBe("silenced");
    expect(waitReason({ ...slow, nextPollAt: at(-5_000) }, now)?.kind).toBe("silenced");
  });

  it("says that an order is swept, slow or being retried", () => {
    const swept = order({ sweepEveryMs: 6_000 });
    expect(waitReason(swept, now)).toEqual({ kind: "swept", everyMs: 6_000 });
    expect(waitReason({ ...swept, failedLooks: 1 }, now)).toEqual({ kind: "failing" });
    const slow = { ...swept, paidAt: at(-600_000) };
    expect(waitReason(slow, now)).toEqual({ kind: "slow", everyMs: 4_000 });
    const partial = { ...order({ sweepEveryMs: 6_000 }, "partial"), statusChangedAt: at(-900_000) };
    expect(waitReason(partial, now)).toEqual({ kind: "slow", everyMs: 4_000 });
  });

  it("is silent about what is sent, and about what is over", () => {
    expect(waitReason(order({}, "awaiting_payment"), now)).toBeNull();
    expect(waitReason({ ...order(), nextPollAt: null, wait: null }, now)).toBeNull();
    // Looked at last before its schedule was written down.
    const old = { ...order({ everyMs: null }), paidAt: at(-900_000) };
    expect(waitReason(old, now)).toBeNull();
  });
});

describe("stretchOf", () => {
  it("is told from where it can be felt", () => {
    expect(stretchOf(order({ congestion: 1.04 }))).toBeNull();
    expect(stretchOf(order({ congestion: 2.5 }))).toBe(2.5);
    expect(stretchOf(order({ congestion: 2.5 }, "submitting"))).toBeNull();
    expect(stretchOf({ ...order(), wait: null })).toBeNull();
  });
});
