import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ORDER_STATUSES } from "./lifecycle.ts";
import { isStalled, parkedWaitMs, retryInMs, silenceWaitMs } from "./poll-schedule.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const runs = { seed: 20_261_121, numRuns: 2_000 };

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

describe("parkedWaitMs", () => {
  it("doubles from five minutes to an hour", () => {
    const waits = [1, 2, 3, 4, 5, 1_000].map((times) => parkedWaitMs(times) / MINUTE);
    expect(waits).toEqual([5, 10, 20, 40, 60, 60]);
  });
});

describe("isStalled", () => {
  const now = new Date("2026-11-21T06:00:00Z");
  const stalledAfter = (ms: number) =>
    ORDER_STATUSES.filter((status) =>
      isStalled({ status, statusChangedAt: new Date(now.getTime() - ms), toldSince: null }, now),
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
