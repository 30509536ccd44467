import { describe, expect, it } from "vitest";
import { RULE_DEFAULTS } from "#lib/suppliers/rule-settings.ts";
import type { AccountFacts } from "./account-facts.ts";
import { judgeDeliveries } from "./delivery-failed.ts";
import { awakeSince, isAwake } from "./engine-awake.ts";
import { judgeEngine } from "./engine-late.ts";
import {
  judgeBalanceAge,
  judgeCatalogAge,
  judgeDown,
  judgeKeyRefused,
  judgeLimits,
  judgePushRefused,
  judgeSlowness,
} from "./judge-account.ts";
import { judgePayment } from "./payment-expiring.ts";
import { judgeKey } from "./sealing-key-old.ts";
import { judgeSlow } from "./slow.ts";
import { judgeStall } from "./stalled.ts";

const NOW = new Date("2026-11-21T06:00:00Z");
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const ago = (ms: number) => new Date(NOW.getTime() - ms);
const ahead = (ms: number) => ago(-ms);

describe("stalled", () => {
  const stall = (minutes: number, status: Parameters<typeof judgeStall>[0]["status"] = "paid") =>
    judgeStall({ status, since: ago(minutes * MINUTE), afterMs: 10 * MINUTE }, NOW);

  it("holds from the tenth minute in one open state", () => {
    expect(stall(9.99)).toBeNull();
    expect(stall(10)).toEqual({
      ...{ status: "paid", since: ago(10 * MINUTE).toISOString(), afterMs: 10 * MINUTE },
    });
    for (const status of ["submitting", "awaiting_payment", "processing"] as const) {
      expect(stall(10, status)).toMatchObject({ status });
    }
    for (const status of ["unconfirmed", "completed", "partial", "failed"] as const) {
      expect(stall(600, status)).toBeNull();
    }
  });
});

describe("slow", () => {
  const slow = (facts: Partial<Parameters<typeof judgeSlow>[0]> = {}) =>
    judgeSlow(
      {
        ...{ status: "processing", paidAt: ago(2 * MINUTE), usualMs: 60_000, factor: 1 },
        ...{ isStalled: false, ...facts },
      },
      NOW,
    );

  it("holds beyond what the product's own orders take, and not for a blink", () => {
    expect(slow()).toMatchObject({ status: "processing", usualMs: 60_000 });
    expect(slow({ usualMs: 115_000 })).toBeNull();
    expect(slow({ usualMs: 1_000, paidAt: ago(29_000) })).toBeNull();
    expect(slow({ usualMs: 1_000, paidAt: ago(30_000) })).not.toBeNull();
    expect(slow({ factor: 2 })).not.toBeNull();
    expect(slow({ factor: 2.1 })).toBeNull();
  });

  it("doesn't hold where nothing is known, of what isn't waited for, or of a stall", () => {
    expect(slow({ usualMs: null })).toBeNull();
    expect(slow({ paidAt: null })).toBeNull();
    expect(slow({ status: "completed" })).toBeNull();
    expect(slow({ isStalled: true })).toBeNull();
  });
});

describe("payment_expiring", () => {
  const payment = (leftMs: number, windowMs: number) =>
    judgePayment(
      {
        ...{ status: "awaiting_payment", warnMs: 5 * MINUTE },
        ...{ createdAt: ahead(leftMs - windowMs), paymentExpiresAt: ahead(leftMs) },
      },
      NOW,
    );

  it("holds near the end, also after it, and of a short time in its second half", () => {
    expect(payment(6 * MINUTE, 30 * MINUTE)).toBeNull();
    expect(payment(5 * MINUTE, 30 * MINUTE)).toEqual({ until: ahead(5 * MINUTE).toISOString() });
    expect(payment(-MINUTE, 30 * MINUTE)).not.toBeNull();
    expect(payment(3 * MINUTE, 4 * MINUTE)).toBeNull();
    expect(payment(2 * MINUTE, 4 * MINUTE)).not.toBeNull();
  });

  it("doesn't hold once it is paid, or where nothing is said of an end", () => {
    const facts = { createdAt: ago(DAY), paymentExpiresAt: ahead(1), warnMs: 5 * MINUTE };
    expect(judgePayment({ ...facts, status: "paid" }, NOW)).toBeNull();
    const endless = { ...facts, status: "awaiting_payment" as const, paymentExpiresAt: null };
    expect(judgePayment(endless, NOW)).toBeNull();
  });
});

it("delivery_failed holds while an event hasn't reached somebody", () => {
  const none = { endpoint: null, endpointId: null, deliveryId: null, at: null };
  expect(judgeDeliveries({ ...none, count: 0 })).toBeNull();
  const one = { count: 2, endpoint: "shop", endpointId: "e", deliveryId: "d", at: NOW };
  expect(judgeDeliveries(one)).toEqual({ ...one, at: NOW.toISOString() });
});

describe("engine_late", () => {
  const beat = (
    kind: string,
    startedMs: number,
    beatMs: number,
    stoppedAt: Date | null = null,
  ) => ({
    ...{ kind, startedAt: ago(startedMs), beatAt: ago(beatMs), stoppedAt },
  });
  const fine = { overdue: 0, oldestDueAt: null };

  it("holds where nobody shows a sign of life", () => {
    expect(judgeEngine({ beats: [], ...fine }, NOW)).toEqual({ why: "silent", lastBeatAt: null });
    const beats = [beat("worker", DAY, 20_000), beat("cron", 180_000, 150_000)];
    expect(judgeEngine({ beats, ...fine }, NOW)).toMatchObject({
      ...{ why: "silent", lastBeatAt: ago(20_000).toISOString() },
    });
    expect(judgeEngine({ beats: [beat("worker", DAY, 1, NOW)], ...fine }, NOW)).not.toBeNull();
  });

  it("holds where somebody does and yet nothing gets done", () => {
    const beats = [beat("worker", DAY, 1_000)];
    expect(judgeEngine({ beats, ...fine }, NOW)).toBeNull();
    const oldestDueAt = ago(6 * MINUTE);
    expect(judgeEngine({ beats, overdue: 3, oldestDueAt }, NOW)).toEqual({
      ...{ why: "overdue", since: oldestDueAt.toISOString() },
    });
  });

  it("knows since when somebody works without a pause", () => {
    expect(awakeSince([beat("worker", DAY, DAY)], NOW)).toBeNull();
    expect(awakeSince([beat("worker", 5 * MINUTE, 0)], NOW)).toEqual(ago(5 * MINUTE));
    const crons = [1, 2, 3, 8, 9].map((minute) => beat("cron", minute * MINUTE, minute * MINUTE));
    expect(isAwake(crons, NOW)).toBe(true);
    expect(awakeSince(crons, NOW)).toEqual(ago(3 * MINUTE));
    // A long run, and short ones since it ended.
    const mixed = [beat("cron", 1_000, 0), beat("worker", DAY, MINUTE, ago(MINUTE))];
    expect(awakeSince(mixed, NOW)).toEqual(ago(DAY));
  });
});

it("sealing_key_old holds of a key that still seals after a year", () => {
  const key = (days: number, retiredAt: Date | null = null) =>
    judgeKey({ createdAt: ago(days * DAY), retiredAt }, NOW);
  expect(key(364)).toBeNull();
  expect(key(365)).toMatchObject({ days: 365 });
  expect(key(1_000, NOW)).toBeNull();
});

const account = (facts: Partial<AccountFacts> = {}): AccountFacts => ({
  ...{ id: "account", settings: RULE_DEFAULTS, open: [], awakeSince: ago(DAY) },
  ...{ connectedAt: ago(30 * DAY), lastOkAt: NOW, lastErrorAt: null, lastError: null },
  ...{
    keyRefusedAt: null,
    pushRefusals: 0,
    pushRefusedAt: null,
    pushRefusedWhy: null,
    messageAt: null,
    tellsBalance: true,
    tellsCatalog: true,
    balanceAt: NOW,
    catalogAt: NOW,
    isTripped: false,
    trips: 0,
  },
  pollingPausedUntil: null,
  ...{ ratePerMinute: 100, calls: 100, failed: 0, callsNow: 40, failedNow: 0 },
  ...{ answered: 100, answeredMs: 20_000, limited: 0, limitedMinutes: 0 },
  ...facts,
});

describe("an account", () => {
  it("is well", () => {
    for (const judge of [judgeDown, judgeSlowness, judgeLimits, judgeKeyRefused]) {
      expect(judge(account())).toBeNull();
    }
    for (const judge of [judgeBalanceAge, judgeCatalogAge, judgePushRefused]) {
      expect(judge(account(), NOW)).toBeNull();
    }
  });

  it("is down when most calls fail, or its breaker stays open", () => {
    const half = { calls: 20, failed: 10, callsNow: 8, failedNow: 4, lastError: "503" };
    expect(judgeDown(account(half))).toEqual({ failed: 10, calls: 20, error: "503" });
    expect(judgeDown(account({ ...half, failed: 9 }))).toBeNull();
    expect(judgeDown(account({ ...half, callsNow: 10, failedNow: 1 }))).toBeNull();
    expect(judgeDown(account({ isTripped: true, trips: 2 }))).not.toBeNull();
    expect(judgeDown(account({ isTripped: true, trips: 1 }))).toBeNull();
  });

  it("is down until it really answers again", () => {
    const open = ["supplier_down"];
    expect(judgeDown(account({ open, isTripped: true, trips: 1 }))).toBe("keep");
    expect(judgeDown(account({ open, callsNow: 10, failedNow: 3 }))).toBe("keep");
    expect(judgeDown(account({ open, callsNow: 10, failedNow: 1 }))).toBeNull();
  });

  it("is slow by the mean of its answers, and fast again well below the line", () => {
    const takes = (meanMs: number, open: string[] = []) =>
      judgeSlowness(account({ answered: 10, answeredMs: meanMs * 10, open }));
    expect(takes(4_999)).toBeNull();
    expect(takes(5_000)).toEqual({ meanMs: 5_000, slowAfterMs: 5_000, calls: 10 });
    expect(takes(4_000, ["supplier_slow"])).toBe("keep");
    expect(takes(3_700, ["supplier_slow"])).toBeNull();
    expect(judgeSlowness(account({ answered: 4, answeredMs: 90_000 }))).toBeNull();
  });

  it("is limiting when it says so again and again, until it has said nothing for a while", () => {
    expect(judgeLimits(account({ limited: 9, limitedMinutes: 2 }))).toBeNull();
    expect(judgeLimits(account({ limited: 9, limitedMinutes: 3 }))).toMatchObject({ count: 9 });
    const open = ["supplier_limiting"];
    expect(judgeLimits(account({ limited: 1, limitedMinutes: 1, open }))).toBe("keep");
    expect(judgeLimits(account({ open }))).toBeNull();
  });

  it("refuses its key until it has answered anything else", () => {
    const facts = { keyRefusedAt: ago(MINUTE), lastError: "no such key" };
    expect(judgeKeyRefused(account({ ...facts, lastOkAt: null }))).toMatchObject({
      error: "no such key",
    });
    expect(judgeKeyRefused(account({ ...facts, lastOkAt: ago(2 * MINUTE) }))).not.toBeNull();
    expect(judgeKeyRefused(account({ ...facts, lastOkAt: ago(1) }))).toBeNull();
  });

  it("has a wrong webhook secret where message after message is refused, and none is genuine", () => {
    const refused = { pushRefusals: 3, pushRefusedAt: ago(1), pushRefusedWhy: "bad_signature" };
    const judge = (facts: Partial<AccountFacts>) =>
      judgePushRefused(account({ ...refused, ...facts }), NOW);
    expect(judge({})).toEqual({ why: "bad_signature", at: ago(1).toISOString() });
    expect(judge({ messageAt: ago(DAY) })).not.toBeNull();
    expect(judge({ pushRefusals: 2 })).toBeNull();
    // Anybody can send what isn't genuine: beside what is, it means nothing.
    expect(judge({ messageAt: ago(14 * MINUTE) })).toBeNull();
    const open = ["push_refused"];
    expect(judge({ open, pushRefusals: 1 })).toBe("keep");
    expect(judge({ open, messageAt: NOW })).toBeNull();
    expect(judge({ open, pushRefusedAt: ago(DAY) })).toBeNull();
  });

  it("is out of date where somebody has asked for long enough, and isn't down", () => {
    const old = { balanceAt: ago(10 * MINUTE), lastErrorAt: ago(1), lastError: "timeout" };
    expect(judgeBalanceAge(account(old), NOW)).toMatchObject({ problem: "timeout" });
    expect(judgeBalanceAge(account({ ...old, balanceAt: ago(9 * MINUTE) }), NOW)).toBeNull();
    expect(judgeBalanceAge(account({ ...old, awakeSince: null }), NOW)).toBe("keep");
    expect(judgeBalanceAge(account({ ...old, awakeSince: ago(MINUTE) }), NOW)).toBe("keep");
    expect(judgeBalanceAge(account({ ...old, open: ["supplier_down"] }), NOW)).toBe("keep");
    const never = { catalogAt: null, connectedAt: ago(3 * 60 * MINUTE) };
    expect(judgeCatalogAge(account(never), NOW)).toMatchObject({ at: null, problem: null });
    expect(judgeCatalogAge(account({ ...never, connectedAt: ago(MINUTE) }), NOW)).toBeNull();
    // Nobody reads it during a pause, and there is time for it afterwards.
    const paused = (minutes: number) => ({ ...never, pollingPausedUntil: ago(minutes * MINUTE) });
    expect(judgeCatalogAge(account(paused(-60)), NOW)).toBe("keep");
    expect(judgeCatalogAge(account(paused(119)), NOW)).toBe("keep");
    expect(judgeCatalogAge(account(paused(120)), NOW)).not.toBe("keep");
  });
});
