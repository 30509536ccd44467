import { expect, test } from "vitest";
import { retryAfterMs } from "./retry-after.ts";

const now = new Date("2026-11-21T18:30:00Z");

test.each([
  ["0", 0],
  ["120", 120_000],
  [" 7 ", 7_000],
  ["Sat, 21 Nov 2026 18:31:30 GMT", 90_000],
  ["Sat, 21 Nov 2026 18:00:00 GMT", 0],
  ["9999999999", 9_999_999_999_000],
  ["-1", undefined],
  ["1.5", undefined],
  ["99999999999", undefined],
  ["2026-11-21T18:31:30Z", undefined],
  ["soon", undefined],
  ["", undefined],
  [null, undefined],
])("%j is %s ms", (header, waitMs) => {
  expect(retryAfterMs(header, now)).toBe(waitMs);
});
