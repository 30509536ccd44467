/** Seeds that once failed, by what was wrong; and a taste of every profile. */
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { type Message, runOne } from "./batch.ts";
import { openSimulationDatabase, type SimulationDatabase } from "./database.ts";
import { planRun } from "./plan.ts";
import { PROFILES, type ProfileName } from "./profiles.ts";
import { runSeed } from "./run-seed.ts";
import { parseSmaller } from "./smaller.ts";
import { TRAIT_SETS, type TraitsName } from "./traits.ts";

const SLOW_MS = 60_000;

const saved = z
  .array(
    z.strictObject({
      name: z.string(),
      seed: z.int(),
      profile: z.enum(Object.keys(PROFILES) as [ProfileName, ...ProfileName[]]),
      smaller: z.unknown().transform((smaller) => parseSmaller(JSON.stringify(smaller ?? {}))),
    }),
  )
  .parse(JSON.parse(readFileSync(new URL("./seeds.json", import.meta.url), "utf8")));

let database: SimulationDatabase;
beforeAll(async () => {
  const adminUrl = process.env.KEYHOLD_TEST_DATABASE_URL;
  if (!adminUrl)
    throw new Error("KEYHOLD_TEST_DATABASE_URL is not set: run the tests by `npm test`.");
  database = await openSimulationDatabase(adminUrl);
}, SLOW_MS);
afterAll(() => database.drop());

type Run = Pick<Parameters<typeof runOne>[2], "seed" | "wishes" | "smaller">;
const run = ({ seed, wishes, smaller }: Run): Promise<Extract<Message, { kind: "done" }>> =>
  runOne(database, null, { kind: "run", seed, wishes, smaller, shrinks: false, traces: false });

describe("a seed that once failed", () => {
  it.each(saved)(
    "$name",
    async ({ seed, profile, smaller }) => {
      expect((await run({ seed, wishes: { profile }, smaller })).violations).toEqual([]);
    },
    SLOW_MS,
  );
});

describe("a taste of", () => {
  it.each(Object.keys(PROFILES) as ProfileName[])(
    "%s",
    async (profile) => {
      for (const seed of [1, 2]) {
        expect((await run({ seed, wishes: { profile }, smaller: {} })).violations).toEqual([]);
      }
    },
    SLOW_MS,
  );
});

describe("a taste of a supplier that works by", () => {
  // One seed each, and not the same one: `npm test` runs a series of each besides.
  it.each(Object.keys(TRAIT_SETS).map((traits, index) => [traits as TraitsName, 3 + index]))(
    "%s",
    async (traits, seed) => {
      expect((await run({ seed, wishes: { traits }, smaller: {} })).violations).toEqual([]);
    },
    SLOW_MS,
  );
});

it(
  "goes the same way each time, whatever ran before it",
  async () => {
    const plan = planRun(11, { profile: "storm" });
    const first = await runSeed(database, plan);
    await runSeed(database, planRun(12, { profile: "storm" }));
    const again = await runSeed(database, plan);
    expect(again.trace).toEqual(first.trace);
    expect(first.trace.length).toBeGreaterThan(50);
  },
  SLOW_MS,
);

it(
  "notices what is done wrong",
  async () => {
    const seeds = Array.from({ length: 20 }, (_, index) => index + 1);
    const noticed: string[] = [];
    for (const seed of seeds) {
      const order = {
        kind: "run",
        seed,
        wishes: {},
        smaller: {},
        shrinks: false,
        traces: false,
      } as const;
      const { violations } = await runOne(database, "resend-on-takeover", order);
      noticed.push(...violations);
      if (noticed.length > 0) break;
    }
    expect(noticed[0]).toMatch(/^I[13]:/);
  },
  SLOW_MS,
);
