import { expect, test } from "vitest";
import { percentile, SLOTS, slotOf } from "./latency-slots.ts";

const slotsOf = (...times: number[]): number[] => {
  const slots = new Array<number>(SLOTS).fill(0);
  for (const ms of times) slots[slotOf(ms)] = (slots[slotOf(ms)] ?? 0) + 1;
  return slots;
};

test("nothing is known of no calls", () => {
  expect(percentile([], 50)).toBeNull();
  expect(percentile(slotsOf(), 95)).toBeNull();
});

test("a percentile lies in the slot of the call that it is", () => {
  const times = [
    ...Array.from({ length: 95 }, () => 120),
    ...Array.from({ length: 5 }, () => 9_000),
  ];
  const slots = slotsOf(...times);
  expect(percentile(slots, 50)).toBeGreaterThan(100);
  expect(percentile(slots, 50)).toBeLessThanOrEqual(200);
  expect(percentile(slots, 95)).toBe(200);
  expect(percentile(slots, 99)).toBeGreaterThan(6_400);
});

test("it never falls as more calls are taken in", () => {
  const slots = slotsOf(10, 60, 150, 300, 700, 5_000, 40_000);
  const all = Array.from({ length: 101 }, (_, percent) => percentile(slots, percent) ?? 0);
  expect(all).toEqual(all.toSorted((one, other) => one - other));
});
