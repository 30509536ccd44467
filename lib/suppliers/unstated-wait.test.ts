import { expect, it } from "vitest";
import type { Outcome } from "./port.ts";
import { unstatedWait } from "./unstated-wait.ts";

const limited = (retryAfterMs?: number): Outcome<never> => ({
  kind: "refused",
  refusal: {
    class: "rate_limited",
    code: null,
    detail: "slow down",
    httpStatus: 429,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  },
});
const refused = (httpStatus: number | null): Outcome<never> => ({
  kind: "refused",
  refusal: { class: "transient", code: null, detail: "no", httpStatus },
});
const OK: Outcome<null> = { kind: "accepted", value: null };
const UNKNOWN: Outcome<never> = { kind: "unknown", reason: "timeout", httpStatus: null };

const waitOf = (outcome: Outcome<unknown>): number | undefined =>
  outcome.kind === "refused" ? outcome.refusal.retryAfterMs : undefined;

/** The waits after calls made one after the other. */
function waits(...outcomes: Outcome<unknown>[]): (number | undefined)[] {
  const waiting = unstatedWait();
  return outcomes.map((outcome) => waitOf(waiting.settle(outcome, waiting.ticket())));
}

it("grows from 30 s over 60 s to 120 s, and stays there", () => {
  const all = Array.from({ length: 5 }, () => limited());
  expect(waits(...all)).toEqual([30_000, 60_000, 120_000, 120_000, 120_000]);
});

it("is not asked for where the supplier says how long", () => {
  expect(waits(limited(5_000), limited(), limited(7_000), limited())).toEqual([
    5_000, 30_000, 7_000, 60_000,
  ]);
});

it("begins again after an answer, but not after a call that nobody answered", () => {
  for (const [between, next] of [
    [OK, 30_000],
    [refused(503), 30_000],
    [refused(null), 60_000],
    [UNKNOWN, 60_000],
  ] as const) {
    expect(waits(limited(), between, limited())).toEqual([30_000, undefined, next]);
  }
});

it("counts calls that were under way together as one", () => {
  const waiting = unstatedWait();
  const together = [waiting.ticket(), waiting.ticket(), waiting.ticket()];
  expect(together.map((ticket) => waitOf(waiting.settle(limited(), ticket)))).toEqual([
    30_000, 30_000, 30_000,
  ]);
  expect(waitOf(waiting.settle(limited(), waiting.ticket()))).toBe(60_000);
});

it("is not forgotten because of an answer to a call made before", () => {
  const waiting = unstatedWait();
  const [early, late] = [waiting.ticket(), waiting.ticket()];
  waiting.settle(limited(), late);
  waiting.settle(OK, early);
  expect(waitOf(waiting.settle(limited(), waiting.ticket()))).toBe(60_000);
});
