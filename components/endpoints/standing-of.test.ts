import { describe, expect, it } from "vitest";
import { standingOf } from "#components/endpoints/standing-of.ts";

const NOW = Date.parse("2026-07-31T12:00:00Z");
const AT = "2026-07-31T11:00:00Z";
const LATER = "2026-07-31T12:00:30Z";
const well = {
  disabledAt: null,
  pausedAt: null,
  openUntil: null,
  warnedAt: null,
  failures: 0,
  lastSuccessAt: AT,
};

describe("standingOf", () => {
  it.each([
    ["well", {}],
    ["untried", { lastSuccessAt: null }],
    ["wavering", { failures: 1 }],
    ["wavering", { failures: 5, openUntil: AT }],
    ["failing", { failures: 60, warnedAt: AT }],
    ["resting", { failures: 60, warnedAt: AT, openUntil: LATER }],
    ["paused", { failures: 60, openUntil: LATER, pausedAt: AT }],
    ["disabled", { pausedAt: AT, disabledAt: AT }],
  ])("%s", (standing, facts) => expect(standingOf({ ...well, ...facts }, NOW)).toBe(standing));
});
