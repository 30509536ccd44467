import { expect, it } from "vitest";
import { clockOffsetMs } from "./clock-offset.ts";

const BEGAN = new Date("2026-03-01T12:00:00.000Z");
const at = (ms: number) => new Date(BEGAN.getTime() + ms);

it.each([
  ["the same clock", 0, 1_000, 0],
  ["ten minutes ahead", 600_000, 1_000, 600_000],
  ["ten minutes behind", -600_000, 1_000, -600_000],
  ["a fast call", 0, 0, 500],
  ["the slowest that counts", 0, 5_000, -2_000],
])("%s", (_, theirs, tookMs, expected) => {
  const timing = { firstByteAt: BEGAN, supplierClock: at(theirs) };
  expect(clockOffsetMs(timing, at(tookMs))).toBe(expected);
});

it.each([
  ["nothing was sent", { firstByteAt: null, supplierClock: at(0) }, 10],
  ["the answer names no time", { firstByteAt: BEGAN, supplierClock: null }, 10],
  ["the call was slow", { firstByteAt: BEGAN, supplierClock: at(0) }, 5_001],
  ["our clock went back", { firstByteAt: BEGAN, supplierClock: at(0) }, -1],
  ["the time is far off", { firstByteAt: BEGAN, supplierClock: new Date(0) }, 10],
  ["the adapter tells no times", undefined, 10],
])("isn't known where %s", (_, timing, tookMs) => {
  expect(clockOffsetMs(timing, at(tookMs))).toBeNull();
});
