import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ORDER_STATUSES } from "./lifecycle.ts";
import { isStalled, nextLookInMs, retryInMs, silenceWaitMs } from "./poll-schedule.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const age = fc.double({ min: 0, max: 10 * 365 * 24 * HOUR, noNaN: true });
const runs = { seed: 20_261_121, numRuns: 2_000 };

/** The waits of an order that never moves, until it is `untilMs` old. */
function waits(untilMs: number, random = 0.5): number[] {
  const all: number[] = [];
  for (let ageMs = 0; ageMs < untilMs; ageMs += all.at(-1) ?? 0) {
    all.push(nextLookInMs(ageMs, random));
  }
  return all;
}

describe("nextLookInMs", () => {
  it("begins after 3 s, waits half as long again each time, and then every 20 s", () => {
    expect(waits(60 * SECOND)).toEqual([3_000, 3_000, 3_000, 4_500, 6_750, 10_125, 15_188, 20_000]);
    expect(Math.max(...waits(10 * MINUTE))).toBe(20_000);
  });

  it("slows down to five minutes after ten, and to an hour after a day", () => {
    expect(nextLookInMs(10 * MINUTE - 1, 0.5)).toBe(20_000);
    expect(nextLookInMs(10 * MINUTE, 0.5)).toBe(5 * MINUTE);
    expect(nextLookInMs(24 * HOUR - 1, 0.5)).toBe(5 * MINUTE);
    expect(nextLookInMs(24 * HOUR, 0.5)).toBe(HOUR);
  });

  it("never stops, hurries or forgets: 2.4 s to 72 min at any age", () => {
    fc.assert(
      fc.property(age, chance, (ageMs, random) => {
        const wait = nextLookInMs(ageMs, random);
        expect(Number.isInteger(wait)).toBe(true);
        expect(wait).toBeGreaterThanOrEqual(2_400);
        expect(wait).toBeLessThanOrEqual(1.2 * HOUR);
      }),
      runs,
    );
  });

  it("only ever gets slower with age", () => {
    fc.assert(
      fc.property(age, age, chance, (one, other, random) => {
        const [young, old] = one < other ? [one, other] : [other, one];
        expect(nextLookInMs(young, random)).toBeLessThanOrEqual(nextLookInMs(old, random));
      }),
      runs,
    );
  });

  it("drifts by a fifth at the most", () => {
    expect(nextLookInMs(0, 0)).toBe(2_400);
    expect(nextLookInMs(0, 0.999_999)).toBe(3_600);
  });

  it("takes a clock that went backwards for a fresh order", () => {
    expect(nextLookInMs(-HOUR, 0.5)).toBe(3_000);
  });

  it("asks about 12 times in a normal order's first two minutes, 35 in ten", () => {
    expect(waits(2 * MINUTE).length).toBeLessThanOrEqual(12);
    expect(waits(10 * MINUTE).length).toBeLessThanOrEqual(36);
  });
});

describe("retryInMs", () => {
  it("doubles from about 2 s to a minute, never at once", () => {
    fc.assert(
      fc.property(fc.nat(10_000), chance, (failures, random) => {
        const wait = retryInMs(failures, random);
        expect(wait).toBeGreaterThanOrEqual(SECOND);
        expect(wait).toBeLessThanOrEqual(MINUTE);
        expect(wait).toBeLessThanOrEqual(retryInMs(failures + 1, random));
      }),
      runs,
    );
  });
});

describe("silenceWaitMs", () => {
  it("is never shorter than the silence, and lets no crowd wake at once", () => {
    expect(silenceWaitMs(30_000, 0)).toBe(30_000);
    expect(silenceWaitMs(30_000, 0.5)).toBe(32_500);
  });
});

describe("isStalled", () => {
  const now = new Date("2026-11-21T06:00:00Z");
  const stalledAfter = (ms: number) =>
    ORDER_STATUSES.filter((status) =>
      isStalled({ status, statusChangedAt: new Date(now.getTime() - ms) }, now),
    );

  it("is ten minutes in an open state, to the millisecond", () => {
    expect(stalledAfter(10 * MINUTE - 1)).toEqual([]);
    expect(stalledAfter(10 * MINUTE)).toEqual([
      "submitting",
      "awaiting_payment",
      "paid",
      "processing",
    ]);
  });
});
