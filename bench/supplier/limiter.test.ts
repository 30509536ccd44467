import { expect, test } from "vitest";
import { createLimiter } from "./limiter.ts";

test("lets so many calls through in a window, then tells when it is over", () => {
  const limiter = createLimiter({ calls: 2, windowMs: 6_000 });
  expect(limiter.take(1_000)).toBeNull();
  expect(limiter.take(2_000)).toBeNull();
  expect(limiter.take(4_500)).toMatchObject({ kind: "limited", retryAfterSeconds: 3 });
  expect(limiter.take(7_500)).toBeNull();
  expect(limiter.windows()).toBe(2);
});

test("tells calls that were under way from calls that came although they knew", () => {
  const limiter = createLimiter({ calls: 1, windowMs: 6_000 });
  limiter.take(0);
  expect(limiter.take(1_000)).toMatchObject({ kind: "limited", retryAfterSeconds: 5 });
  expect(limiter.take(1_100)).toMatchObject({ kind: "crossed" });
  expect(limiter.take(1_200)).toMatchObject({ kind: "inside", forMs: 200 });
  // Within the rounding of whole seconds the window has begun anew, but silence was asked for.
  expect(createLate().take(6_200)).toMatchObject({ kind: "inside", retryAfterSeconds: 1 });
});

function createLate() {
  const limiter = createLimiter({ calls: 1, windowMs: 6_000 });
  limiter.take(0);
  limiter.take(300);
  return limiter;
}
