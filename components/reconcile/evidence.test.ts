import { describe, expect, it } from "vitest";
import { balanceStep } from "./balance-step.ts";
import { countdown } from "./countdown.ts";
import { reasonProblem } from "./decision-reason.ts";
import { distanceOf } from "./distance-of.ts";
import { waitReason } from "./wait-reason.ts";

describe("distanceOf", () => {
  it.each([
    [3_240, "after", "second", 3.2],
    [0, "at", "second", 0],
    [-999, "at", "second", 1],
    [-1_400, "before", "second", 1.4],
    [99_949, "after", "second", 99.9],
    [150_000, "after", "minute", 3],
    [-7_100_000, "before", "minute", 118],
    [26 * 3_600_000, "after", "hour", 26],
  ])("of %i ms", (ms, when, unit, amount) => {
    expect(distanceOf(ms)).toEqual({ when, unit, amount });
  });
});

describe("countdown", () => {
  it.each([
    [432_000, "7:12"],
    [9_001, "0:10"],
    [0, "0:00"],
    [-5_000, "0:00"],
    [3_789_000, "1:03:09"],
  ])("of %i ms", (ms, text) => {
    expect(countdown(ms)).toBe(text);
  });
});

describe("balanceStep", () => {
  const at = "2026-01-01T00:00:00.000Z";
  const step = (before: string | null, after: string | null) =>
    balanceStep(
      {
        currency: "USD",
        before: before === null ? null : { available: before, at },
        after: after === null ? null : { available: after, at },
      },
      "10.5000",
    );
  it("holds what happened against the order's price", () => {
    expect(step("100", "100.0000")).toEqual({ kind: "unmoved" });
    expect(step("100", "89.5")).toEqual({ kind: "by_total", difference: "-10.5" });
    expect(step("100", "79")).toEqual({ kind: "other", difference: "-21" });
    expect(step("100", "200")).toEqual({ kind: "other", difference: "100" });
    expect(step(null, "100")).toEqual({ kind: "unknown" });
  });
});

describe("waitReason", () => {
  const candidate = (match: "same" | "unclear") => ({ match }) as never;
  const send = {} as never;
  const gate = (waitsFor: string) => ({ waitsFor }) as never;
  it("says why a person has to decide", () => {
    expect(
      waitReason({ gate: gate("settling"), candidates: [], sends: [send], searchedInVain: null }),
    ).toBe("settling");
    expect(waitReason({ gate: null, candidates: [], sends: [send], searchedInVain: null })).toBe(
      "open",
    );
    expect(waitReason({ gate: null, candidates: [], sends: [], searchedInVain: null })).toBe(
      "in_vain",
    );
    const person = gate("person");
    const of = (...matches: ("same" | "unclear")[]) =>
      waitReason({
        gate: person,
        candidates: matches.map(candidate),
        sends: [send],
        searchedInVain: null,
      });
    expect(of("unclear")).toBe("unclear");
    expect(of("same", "same")).toBe("too_many");
    expect(of()).toBe("person");
  });
});

describe("reasonProblem", () => {
  it("wants 3 to 500 characters", () => {
    expect(reasonProblem(" ab ")).toBe("short");
    expect(reasonProblem("abc")).toBeNull();
    expect(reasonProblem("x".repeat(501))).toBe("long");
  });
});
