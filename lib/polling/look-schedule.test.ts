import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  chanceOfNews,
  DEFAULT_PACE,
  FAST_PHASE_MS,
  isSwept,
  LEAST_WAIT_MS,
  nextLook,
  type Pace,
} from "./look-schedule.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const runs = { seed: 20_261_121, numRuns: 2_000 };
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const age = fc.double({ min: 0, max: 10 * 365 * 24 * HOUR, noNaN: true });
const young = fc.double({ min: 0, max: FAST_PHASE_MS - 1, noNaN: true });
const preset = fc.constantFrom("backoff", "steady", "learned");
const curve = fc
  .array(fc.integer({ min: 0, max: 20 * MINUTE }), { minLength: 33, maxLength: 33 })
  .map((quantiles) => quantiles.toSorted((left, right) => left - right));
const pace = fc.record({
  settings: fc.record({
    schedule: fc.record({ preset, threshold: fc.double({ min: 0.02, max: 0.9, noNaN: true }) }),
  }),
  curve: fc.option(curve),
  congestion: fc.double({ min: 1, max: 50, noNaN: true }),
  sweepEveryMs: fc.option(fc.integer({ min: 1_000, max: 10 * MINUTE })),
  isTold: fc.constant(false),
});

function by(preset: "backoff" | "steady" | "learned", more: Partial<Pace> = {}): Pace {
  const { threshold } = DEFAULT_PACE.settings.schedule;
  return { ...DEFAULT_PACE, settings: { schedule: { preset, threshold } }, ...more };
}

/** The waits of an order that never moves, until it is `untilMs` old. */
function waits(pace: Pace, untilMs: number, random = 0.5): number[] {
  const all: number[] = [];
  for (let at = 0; at < untilMs; at += all.at(-1) ?? 0) {
    all.push(nextLook({ ageMs: at, paidForMs: at, pace }, random).inMs);
  }
  return all;
}

describe("nextLook", () => {
  it("always has a next look, whole and within bounds, whatever it is given", () => {
    const any = fc.oneof(age, fc.double(), fc.constantFrom(Number.NaN, -1, Number.MAX_VALUE));
    const weird = fc.oneof(
      pace,
      pace.map((each) => ({ ...each, congestion: Number.NaN })),
      pace.map((each) => ({ ...each, curve: [] })),
      pace.map((each) => ({ ...each, curve: [Number.NaN, 3, 1] })),
    );
    fc.assert(
      fc.property(any, fc.option(any), weird, chance, (ageMs, paidForMs, pace, random) => {
        const { inMs, everyMs } = nextLook({ ageMs, paidForMs, pace }, random);
        for (const wait of [inMs, everyMs]) {
          expect(Number.isInteger(wait)).toBe(true);
          expect(wait).toBeGreaterThanOrEqual(LEAST_WAIT_MS);
        }
        expect(everyMs).toBeLessThanOrEqual(HOUR);
        const most = Math.max(
          1.34 * everyMs * (pace.congestion || 1),
          everyMs + 3.7 * (pace.sweepEveryMs ?? 0),
        );
        expect(inMs).toBeLessThanOrEqual(most + 1);
      }),
      runs,
    );
  });

  it("waits 3 s, half as long again each time, and then every 15 s, as the guides have it", () => {
    const all = waits(by("backoff"), 60 * SECOND);
    expect(all).toEqual([3_000, 4_500, 6_750, 10_125, 15_000, 15_000, 15_000]);
  });

  it("looks every 5 s for a minute, and then every 15 to 30 s", () => {
    expect(waits(by("steady"), MINUTE)).toEqual(Array.from({ length: 12 }, () => 5_000));
    const at = { ageMs: MINUTE, paidForMs: MINUTE, pace: by("steady") };
    expect(nextLook(at, 0).inMs).toBe(15_000);
    expect(nextLook(at, 0.999_999_9).inMs).toBe(30_000);
  });

  it("slows down after ten minutes, an hour and a day, whatever the preset, and never stops", () => {
    for (const preset of ["backoff", "steady", "learned"] as const) {
      const pace = by(preset, { curve: [0, 40 * HOUR] });
      const every = (ageMs: number) => nextLook({ ageMs, paidForMs: ageMs, pace }, 0.5).everyMs;
      expect(every(10 * MINUTE - 1)).toBeLessThanOrEqual(30 * SECOND);
      expect(every(10 * MINUTE)).toBe(5 * MINUTE);
      expect(every(HOUR)).toBe(15 * MINUTE);
      expect(every(24 * HOUR)).toBe(HOUR);
      expect(every(10 * 365 * 24 * HOUR)).toBe(HOUR);
    }
  });

  it("goes by the backoff where nothing was learnt, or an order has outlasted all that was", () => {
    fc.assert(
      fc.property(young, chance, (ageMs, random) => {
        const at = { ageMs, paidForMs: ageMs };
        const backoff = nextLook({ ...at, pace: by("backoff") }, random);
        expect(nextLook({ ...at, pace: by("learned") }, random)).toEqual(backoff);
        const outlasted = by("learned", { curve: [0, ageMs] });
        expect(nextLook({ ...at, pace: outlasted }, random)).toEqual(backoff);
      }),
      runs,
    );
  });

  it("looks where the chance of news is near the threshold", () => {
    fc.assert(
      fc.property(
        curve,
        young,
        fc.double({ min: 0.05, max: 0.5, noNaN: true }),
        (all, at, odds) => {
          const pace: Pace = {
            ...by("learned", { curve: all }),
            settings: { schedule: { preset: "learned", threshold: odds } },
          };
          const { everyMs } = nextLook({ ageMs: at, paidForMs: at, pace }, 0.5);
          const news = chanceOfNews(all, at, at + everyMs);
          if (news === null || everyMs <= LEAST_WAIT_MS) return;
          const before = chanceOfNews(all, at, at + everyMs - 1) ?? 0;
          if (everyMs < 30 * SECOND) {
            // Not before the threshold is passed, and at the first whole millisecond where it is.
            expect(chanceOfNews(all, at, at + everyMs + 1)).toBeGreaterThanOrEqual(odds - 1e-9);
            expect(before).toBeLessThanOrEqual(odds + 1e-9);
          } else {
            expect(before).toBeLessThanOrEqual(odds + 1e-9);
          }
        },
      ),
      runs,
    );
  });

  it("leaves an order alone until it could be over, and then looks often", () => {
    const all = Array.from({ length: 33 }, (_, at) => 20_000 + at * 250);
    const pace = by("learned", { curve: all });
    expect(nextLook({ ageMs: 0, paidForMs: 0, pace }, 0.5).everyMs).toBeGreaterThan(20_000);
    const within = nextLook({ ageMs: 21_000, paidForMs: 21_000, pace }, 0.5).everyMs;
    expect(within).toBeLessThan(3_000);
  });

  it("goes by the backoff for an order that isn't paid", () => {
    const pace = by("learned", { curve: [60_000, 61_000] });
    expect(nextLook({ ageMs: 0, paidForMs: null, pace }, 0.5).everyMs).toBe(3_000);
  });

  it("drifts by a fifth at the most, a third in the steady preset", () => {
    fc.assert(
      fc.property(age, pace, chance, (ageMs, given, random) => {
        const pace = { ...given, congestion: 1, sweepEveryMs: null };
        const { inMs, everyMs } = nextLook({ ageMs, paidForMs: ageMs, pace }, random);
        const most = pace.settings.schedule.preset === "steady" ? 1 / 3 : 0.2;
        expect(inMs).toBeGreaterThanOrEqual(
          Math.max(LEAST_WAIT_MS, Math.floor(everyMs * (1 - most)) - 1),
        );
        expect(inMs).toBeLessThanOrEqual(Math.ceil(everyMs * (1 + most)) + 1);
      }),
      runs,
    );
  });

  it("stretches every wait alike where there is too much to look at", () => {
    fc.assert(
      fc.property(age, pace, (ageMs, given) => {
        const pace = { ...given, sweepEveryMs: null };
        const { inMs, everyMs } = nextLook({ ageMs, paidForMs: ageMs, pace }, 0.5);
        expect(Math.abs(inMs - everyMs * pace.congestion)).toBeLessThanOrEqual(pace.congestion + 1);
      }),
      runs,
    );
  });

  it("only makes sure where the supplier tells by itself: six times seldomer, up to a minute", () => {
    fc.assert(
      fc.property(age, pace, (ageMs, given) => {
        const watched = { ageMs, paidForMs: ageMs };
        const alone = nextLook({ ...watched, pace: given }, 0.5).everyMs;
        const told = nextLook({ ...watched, pace: { ...given, isTold: true } }, 0.5).everyMs;
        const expected = alone >= MINUTE ? alone : Math.min(MINUTE, alone * 6);
        expect(Math.abs(told - expected)).toBeLessThanOrEqual(6);
      }),
      runs,
    );
  });

  it("leaves young paid orders to the sweep for three of its rounds, and no others", () => {
    const pace = by("backoff", { sweepEveryMs: 5_000 });
    expect(nextLook({ ageMs: 0, paidForMs: 0, pace }, 0).inMs).toBe(18_000);
    expect(nextLook({ ageMs: 0, paidForMs: 0, pace }, 0).everyMs).toBe(3_000);
    // Without a curve each sweep is worth it.
    expect(nextLook({ ageMs: 40_000, paidForMs: 40_000, pace }, 0).everyMs).toBe(5_000);
    expect(nextLook({ ageMs: 0, paidForMs: null, pace }, 0.5).inMs).toBe(3_000);
    expect(nextLook({ ageMs: HOUR, paidForMs: HOUR, pace }, 0.5).inMs).toBe(15 * MINUTE);
    expect(isSwept(null)).toBe(false);
    expect(isSwept(FAST_PHASE_MS - 1)).toBe(true);
    expect(isSwept(FAST_PHASE_MS)).toBe(false);
  });
});
