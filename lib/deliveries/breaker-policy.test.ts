import { describe, expect, it } from "vitest";
import { type Health, judge, openForMs, type Verdict, verdictOf } from "./breaker-policy.ts";

const now = new Date("2026-11-21T10:00:00Z");
const inMs = (ms: number) => new Date(now.getTime() + ms);
const well: Health = { failures: 0, trips: 0, openUntil: null, isWarned: false };
const failure: Verdict = verdictOf("timeout", null, false);
const trial: Verdict = verdictOf("timeout", null, true);
const success: Verdict = verdictOf(null, null, false);
const times = (count: number, verdict: Verdict) => Array.from({ length: count }, () => verdict);

describe("the breaker", () => {
  it("opens with the fifth failure in a row, for 30 s", () => {
    expect(judge(well, times(4, failure), now)).toMatchObject({
      failures: 4,
      trips: 0,
      openUntil: null,
    });
    expect(judge(well, times(5, failure), now)).toMatchObject({
      trips: 1,
      openUntil: inMs(30_000),
    });
    const mixed = [...times(4, failure), success, ...times(4, failure)];
    expect(judge(well, mixed, now)).toMatchObject({ failures: 4, trips: 0 });
  });

  it("isn't opened further by what was under way", () => {
    expect(judge(well, times(9, failure), now)).toMatchObject({
      failures: 9,
      trips: 1,
      openUntil: inMs(30_000),
    });
  });

  it("opens for twice as long with each trial that fails, ten minutes at the most", () => {
    let health: Health = judge(well, times(5, failure), now);
    const waits = [];
    for (let round = 0; round < 7; round += 1) {
      health = judge(health, [trial], now);
      waits.push((health.openUntil?.getTime() ?? 0) - now.getTime());
    }
    expect(waits).toEqual([60_000, 120_000, 240_000, 480_000, 600_000, 600_000, 600_000]);
    expect(openForMs(10_000)).toBe(600_000);
  });

  it("closes with the first success", () => {
    const open = judge(well, times(12, failure), now);
    expect(judge(open, [success], now)).toMatchObject(well);
  });

  it("lets the next one try where a trial was never sent", () => {
    const half: Health = { failures: 6, trips: 2, openUntil: inMs(40_000), isWarned: false };
    expect(judge(half, [verdictOf("payload_unready", null, true)], now)).toMatchObject({
      failures: 6,
      trips: 2,
      openUntil: now,
    });
  });

  it("leaves a receiver alone that asks for it, ten minutes at the most", () => {
    const limited = (ms: number) => judge(well, [verdictOf("limited", ms, false)], now);
    expect(limited(7_000)).toMatchObject({ trips: 0, openUntil: inMs(7_000) });
    expect(limited(10 ** 9)).toMatchObject({ openUntil: inMs(600_000) });
    expect(judge(well, [verdictOf("limited", null, false)], now).openUntil).toBeNull();
  });
});

describe("the failure budget", () => {
  it("warns once, at half, and says when it is over", () => {
    const atHalf = judge({ ...well, failures: 49, trips: 3 }, [failure], now);
    expect(atHalf).toMatchObject({ isToWarn: true, isWarned: true, disable: null });
    expect(judge(atHalf, [failure], now)).toMatchObject({ isToWarn: false, isWarned: true });
    expect(judge(atHalf, [success], now)).toMatchObject({ hasRecovered: true, isWarned: false });
    expect(judge(well, [success], now)).toMatchObject({ hasRecovered: false });
  });

  it("warns of one that is dead for some minutes, though its breaker lets few tries through", () => {
    let health = judge(well, times(5, failure), now);
    for (let trips = 2; trips <= 4; trips += 1) health = judge(health, [trial], now);
    expect(health).toMatchObject({ failures: 8, trips: 4, isToWarn: false, isWarned: false });
    health = judge(health, [trial], now);
    expect(health).toMatchObject({ failures: 9, trips: 5, isToWarn: true, isWarned: true });
    expect(judge(health, [trial], now)).toMatchObject({ isToWarn: false, isWarned: true });
    expect(judge(health, [success], now)).toMatchObject({ hasRecovered: true, isWarned: false });
  });

  it("is used up by the hundredth failure in a row", () => {
    expect(judge({ ...well, failures: 98, trips: 9 }, [trial], now).disable).toBeNull();
    expect(judge({ ...well, failures: 99, trips: 9 }, [trial], now).disable).toBe("failure_budget");
  });

  it("isn't touched by what is our own fault", () => {
    const ours = [verdictOf("payload_unready", null, false), verdictOf("interrupted", null, false)];
    expect(judge({ ...well, failures: 99 }, ours, now)).toMatchObject({
      failures: 99,
      disable: null,
    });
  });
});

it("an endpoint that says it is gone is believed at once", () => {
  expect(judge(well, [verdictOf("gone", null, false)], now).disable).toBe("gone");
});
