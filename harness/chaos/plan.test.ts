import { expect, it } from "vitest";
import { stream } from "../simulate/chance.ts";
import { type ChaosOptions, planChaos } from "./plan.ts";
import { drawEpisode, EPISODE_NAMES } from "./supplier-faults.ts";

/** Between the permit and the first byte a worker may be paused for so long. */
const SEND_WINDOW_MS = 10_000;

const options = (change: Partial<ChaosOptions>): ChaosOptions => ({
  minutes: 5,
  seed: 1,
  workers: 2,
  createCharges: null,
  json: false,
  ...change,
});

it.each([0.3, 5])(
  "keeps every landing below the settling time in a run of %d minutes",
  (minutes) => {
    const { account, bounds } = planChaos(options({ minutes }));
    const pauseMs = Math.min(bounds.longestPauseMs, SEND_WINDOW_MS);
    const latest = pauseMs + bounds.supplierStallMs + bounds.landLateMs + bounds.listLagMs;
    expect(latest).toBeLessThan(account.settlingMs);
  },
);

it("takes its choices from the seed, and the option before it", () => {
  const plans = Array.from({ length: 40 }, (_, seed) => planChaos(options({ seed })));
  expect(planChaos(options({ seed: 7 }))).toEqual(plans[7]);
  const kinds = new Set(plans.map(({ account }) => JSON.stringify(account)));
  expect(kinds.size).toBe(6);
  for (const seed of [1, 2, 3, 4]) {
    expect(planChaos(options({ seed, createCharges: true })).account).toMatchObject({
      createCharges: true,
      learnsFirst: false,
    });
  }
});

it("draws every kind of episode sooner or later", () => {
  const { bounds } = planChaos(options({}));
  const chance = stream("episodes");
  const names = new Set(Array.from({ length: 1_000 }, () => drawEpisode(chance, bounds).name));
  expect([...names].sort()).toEqual([...EPISODE_NAMES].sort());
});
