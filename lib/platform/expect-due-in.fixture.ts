import { expect } from "vitest";

/** Clocks of one machine that are read by two programs, and rounding. */
const APART_MS = 1_000;

/**
 * It falls due so long after it was written, which was at some time between `since` and now,
 * however slow the machine.
 * @param since milliseconds since 1970
 */
export function expectDueIn(at: Date | null, inMs: number, since: number): void {
  expect(at?.getTime()).toBeGreaterThanOrEqual(since + inMs - APART_MS);
  expect(at?.getTime()).toBeLessThanOrEqual(Date.now() + inMs + APART_MS);
}
