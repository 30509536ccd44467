import { expect, it } from "vitest";
import { planRun } from "./plan.ts";
import { shrink, type Verdict } from "./shrink.ts";
import { makeSmaller, parseSmaller, type Smaller } from "./smaller.ts";

const FAULTS = Array.from({ length: 12 }, (_, index) => `crash@worker1/step/${index}`);
const plan = planRun(1, { orders: 4, profile: "foreign" });
const found: Verdict = { broken: "I1", fired: FAULTS };

/** A run that fails exactly where `fails` says, and counts how often it was tried. */
function runs(fails: (smaller: Smaller) => boolean) {
  let count = 0;
  return {
    count: () => count,
    run: async (smaller: Smaller): Promise<Verdict> => {
      count += 1;
      const fired = FAULTS.filter((name) => smaller.faults?.includes(name) ?? true);
      return { broken: fails(smaller) ? "I1" : null, fired };
    },
  };
}

const has = ({ faults = FAULTS }: Smaller, ...indexes: number[]): boolean =>
  indexes.every((index) => faults.includes(`crash@worker1/step/${index}`));
const places = ({ orders = [0, 1, 2, 3] }: Smaller, ...indexes: number[]): boolean =>
  indexes.every((index) => orders.includes(index));

it("leaves out whatever the failure does without", async () => {
  const { run } = runs((smaller) => has(smaller, 3, 10) && places(smaller, 1));
  const smaller = await shrink(plan, found, run);
  expect(smaller.faults).toEqual([FAULTS[3], FAULTS[10]]);
  expect(smaller.orders).toEqual([1]);
  expect(smaller).toMatchObject({
    single: true,
    alone: true,
    unattended: true,
    one: true,
    steady: true,
  });
});

it("keeps what the failure needs", async () => {
  const { run } = runs(
    (smaller) => has(smaller, 0) && places(smaller, 0, 2) && !smaller.one && !smaller.single,
  );
  const smaller = await shrink(plan, found, run);
  expect(smaller.faults).toEqual([FAULTS[0]]);
  expect(smaller.orders).toEqual([0, 2]);
  expect(smaller.one).toBeUndefined();
  expect(smaller.single).toBeUndefined();
});

it("doesn't take another failure for the same", async () => {
  const run = async (smaller: Smaller): Promise<Verdict> => ({
    broken: has(smaller, 5) ? "I1" : "I20",
    fired: FAULTS.filter((name) => smaller.faults?.includes(name)),
  });
  expect((await shrink(plan, found, run)).faults).toEqual([FAULTS[5]]);
});

it("answers nothing where the failure doesn't come again", async () => {
  const { run, count } = runs(() => false);
  expect(await shrink(plan, found, run)).toEqual({});
  expect(count()).toBe(1);
});

it("gives up in time", async () => {
  const many = Array.from({ length: 500 }, (_, index) => `stop@worker1/step/${index}`);
  let count = 0;
  await shrink(plan, { broken: "I1", fired: many }, async ({ faults = many }) => {
    count += 1;
    return { broken: "I1", fired: count % 2 === 0 ? faults : many };
  });
  expect(count).toBeLessThanOrEqual(80);
});

it("makes a plan smaller, and leaves the rest of it alone", () => {
  const smaller = makeSmaller(plan, { orders: [0, 3], single: true, alone: true, one: true });
  expect(smaller.orders.map(({ index, posts }) => [index, posts])).toEqual([
    [0, 1],
    [3, 1],
  ]);
  expect(smaller).toMatchObject({ foreign: [], workers: 1, people: plan.people, slow: plan.slow });
  expect(makeSmaller(plan, {})).toEqual(plan);
});

it("reads what a failure printed, and refuses anything else", () => {
  const smaller: Smaller = { orders: [1], faults: ["crash@a/b/1"], steady: true };
  expect(parseSmaller(JSON.stringify(smaller))).toEqual(smaller);
  expect(() => parseSmaller("{")).toThrow("--smaller has to be JSON");
  expect(() => parseSmaller('{"orders":"all"}')).toThrow("--smaller:");
});
