import { describe, expect, it } from "vitest";
import { healthOf, healthSince } from "#components/suppliers/health-of.ts";
import type { BudgetView } from "#lib/suppliers/read-budget.ts";

const now = Date.parse("2026-11-21T10:00:00Z");
const at = (ms: number) => new Date(now + ms).toISOString();

const budget = (facts: Partial<BudgetView> = {}): BudgetView => ({
  supplierId: "1",
  slug: "foxreload",
  name: "FoxReload",
  callsPerMinute: 100,
  rate: 100,
  readsAtOnce: 8,
  writesAtOnce: 2,
  tokens: { purchase: 0, reconcile: 0, poll: 0, refresh: 0, spare: 0 },
  blockedUntil: null,
  breaker: "closed",
  openUntil: null,
  failures: 0,
  slowedAt: null,
  lastOkAt: at(-5_000),
  lastErrorAt: null,
  lastError: null,
  calls: [],
  ...facts,
});
const of = (facts: Partial<BudgetView> = {}) => healthOf(budget(facts), now);

describe("healthOf", () => {
  it("goes by the last calls where nothing stands in the way", () => {
    expect(of()).toBe("ok");
    expect(of({ lastOkAt: null })).toBe("unknown");
    expect(of({ lastErrorAt: at(-4_000) })).toBe("erroring");
    expect(of({ lastErrorAt: at(-6_000) })).toBe("ok");
    expect(of({ lastOkAt: null, lastErrorAt: at(-6_000) })).toBe("erroring");
  });

  it("puts silence and the breaker before that, as long as they last", () => {
    const open = { breaker: "open", openUntil: at(9) } as const;
    expect(of({ ...open, blockedUntil: at(1) })).toBe("silenced");
    expect(of({ ...open, blockedUntil: at(0) })).toBe("paused");
    expect(of({ ...open, openUntil: at(0) })).toBe("trying");
    expect(of({ breaker: "half_open" })).toBe("trying");
  });

  it("says that it is asked less", () => {
    expect(of({ rate: 94 })).toBe("slowed");
    expect(of({ rate: 96 })).toBe("ok");
    expect(of({ rate: 50, lastErrorAt: at(-1) })).toBe("erroring");
  });
});

describe("healthSince", () => {
  it("is the last success of an account that fails, and the 429 of one that is slowed", () => {
    const known = budget({ slowedAt: at(-60_000) });
    expect(healthSince(known, "paused")).toBe(at(-5_000));
    expect(healthSince(known, "slowed")).toBe(at(-60_000));
    expect(healthSince(budget({ lastOkAt: null }), "unknown")).toBeNull();
  });
});
