import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { gentleNudges } from "./gentle-nudges.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("a hundred words on an order are two looks: the first at once, the last not lost", async () => {
  const told: string[][] = [];
  const nudges = gentleNudges(
    async (ids) => {
      told.push(ids);
      return [];
    },
    () => undefined,
    2_000,
  );
  for (let at = 0; at < 100; at++) {
    nudges.add("a");
    if (at === 50) nudges.add("b");
    await vi.advanceTimersByTimeAsync(10);
  }
  expect(told).toEqual([["a"], ["b"]]);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(told).toEqual([["a"], ["b"], ["a"]]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(told).toHaveLength(3);
});

test("what could not be handed on is handed on later; stopped, nothing is", async () => {
  let fails = true;
  const told: string[][] = [];
  const failures: unknown[] = [];
  const nudges = gentleNudges(
    async (ids) => {
      if (fails) throw new Error("the database is away");
      told.push(ids);
      return [];
    },
    (error) => failures.push(error),
    1_000,
  );
  nudges.add("a");
  await vi.advanceTimersByTimeAsync(100);
  expect(failures).toHaveLength(1);
  fails = false;
  await vi.advanceTimersByTimeAsync(2_500);
  expect(told).toEqual([["a"]]);
  nudges.add("b");
  nudges.stop();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(told).toEqual([["a"]]);
});

test("what somebody works on is nudged again once he may be done", async () => {
  const told: string[][] = [];
  const nudges = gentleNudges(
    async (ids) => {
      told.push(ids);
      return told.length < 3 ? ids : [];
    },
    () => undefined,
    1_000,
  );
  nudges.add("a");
  await vi.advanceTimersByTimeAsync(20_000);
  expect(told).toEqual([["a"], ["a"], ["a"]]);
});
