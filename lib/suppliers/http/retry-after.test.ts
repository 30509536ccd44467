import { expect, test } from "vitest";
import { retryAfterMs } from "./retry-after.ts";

const NOW = new Date("2026-03-01T12:00:00Z");

test.each([
  ["1", 1_000],
  ["0", 1_000],
  ["2.5", 2_500],
  [" 90 ", 90_000],
  ["3600", 3_600_000],
  ["3601", 3_600_000],
  ["1000000000", 3_600_000],
  ["Sun, 01 Mar 2026 12:01:00 GMT", 60_000],
  ["Sunday, 01-Mar-26 12:01:00 GMT", 60_000],
  ["Sun Mar  1 12:01:00 2026", 60_000],
  ["2026-03-01T12:01:00Z", 60_000],
  ["2026-03-01T17:31:00+05:30", 60_000],
  ["Sun, 01 Mar 2026 11:59:00 GMT", 1_000],
  ["Sun, 01 Mar 2099 12:00:00 GMT", 3_600_000],
  [null, null],
  ["", null],
  ["-1", null],
  ["1e3", null],
  ["NaN", null],
  ["Infinity", null],
  ["junk 5", null],
  ["Sun, 99 Foo 2026 12:01:00 GMT", null],
  ["9".repeat(400), null],
])("Retry-After %j is %j ms", (header, expected) => {
  expect(retryAfterMs(header, NOW)).toBe(expected);
});
