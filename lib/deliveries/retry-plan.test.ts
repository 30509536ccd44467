import { describe, expect, it } from "vitest";
import { DEFAULT_RETRY_PLAN_MS, MOST_TRIES } from "./delivery-schedule.ts";
import { nextTryInMs, planOf } from "./retry-plan.ts";

const wait = (tries: number, askedMs: number | null = null, random = 0.5) =>
  nextTryInMs(planOf([]), tries, askedMs, random);

describe("the retry plan", () => {
  it("has seven tries, at 0, 5 s, 30 s, 2 min, 10 min, 1 h and 6 h", () => {
    const waits = [1, 2, 3, 4, 5, 6, 7].map((tries) => wait(tries));
    expect(waits).toEqual([5_000, 30_000, 120_000, 600_000, 3_600_000, 21_600_000, null]);
    expect(DEFAULT_RETRY_PLAN_MS).toHaveLength(MOST_TRIES - 1);
  });

  it("drifts by a tenth either way", () => {
    expect(wait(2, null, 0)).toBe(27_000);
    expect(wait(2, null, 0.999999)).toBe(33_000);
  });

  it("may be an endpoint's own, and never has more than seven tries", () => {
    expect(nextTryInMs(planOf([1_000]), 1, null, 0.5)).toBe(1_000);
    expect(nextTryInMs(planOf([1_000]), 2, null, 0.5)).toBeNull();
    expect(planOf(Array.from({ length: 20 }, () => 1_000))).toHaveLength(6);
  });

  it("waits for as long as it is asked to, within reason", () => {
    expect(wait(1, 60_000)).toBe(60_000);
    expect(wait(1, 1)).toBe(5_000);
    expect(wait(1, -5)).toBe(5_000);
    expect(wait(1, Number.NaN)).toBe(5_000);
    expect(wait(1, 10 ** 12)).toBe(6 * 3_600_000);
    expect(wait(7, 60_000)).toBeNull();
  });
});
