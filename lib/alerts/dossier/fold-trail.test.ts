import { describe, expect, it } from "vitest";
import { foldTrail, type TrailEntry } from "./fold-trail.ts";

const at = (seconds: number) => new Date(Date.UTC(2026, 5, 15, 10, 0, seconds));
const entry = (seconds: number, kind: string, data: TrailEntry["data"] = {}): TrailEntry => ({
  ...{ at: at(seconds), kind, data },
});

describe("foldTrail", () => {
  it("tells the supplier's words and ids, and nothing of people", () => {
    const steps = foldTrail([
      entry(0, "placed", { customer: "asha", reason: "balance" }),
      entry(1, "create_accepted", { supplierOrderId: "7f9c", word: "NEW", secret: "x" }),
      entry(2, "given_up", { reason: "tired" }),
      entry(3, "signal_opened", { signal: "stalled" }),
      entry(4, "__proto__"),
    ]);
    expect(steps.map(({ what, facts }) => ({ what, facts }))).toEqual([
      { what: "placed", facts: {} },
      { what: "create_accepted", facts: { supplierOrderId: "7f9c", word: "NEW" } },
    ]);
  });

  it("makes one step of looks that follow each other", () => {
    const lastAt = at(40).toISOString();
    expect(
      foldTrail([
        entry(0, "looked", { word: "paid", count: 12, lastAt }),
        entry(45, "looked", { word: "paid" }),
        entry(50, "looked", { word: "processing" }),
      ]),
    ).toMatchObject([
      { at: at(0).toISOString(), until: at(45).toISOString(), times: 13 },
      { facts: { word: "processing" }, times: 1 },
    ]);
  });

  it("makes two of looks that succeed and fail by turns", () => {
    const turns = [...Array(50).keys()].flatMap((index) => [
      entry(index * 2, "looked", { word: "paid" }),
      entry(index * 2 + 1, "look_failed", { error: "HTTP 502" }),
    ]);
    expect(foldTrail(turns)).toMatchObject([
      { what: "looked", times: 50, until: at(98).toISOString() },
      { what: "look_failed", times: 50, until: at(99).toISOString() },
    ]);
  });

  it("leaves the middle of a long story out, and says so", () => {
    const long = [...Array(1_000).keys()].map((index) =>
      entry(index, "status_changed", { to: `s${index}` }),
    );
    const steps = foldTrail(long);
    expect(steps).toHaveLength(181);
    expect(steps[60]).toMatchObject({ what: "left_out", times: 820 });
    expect(steps.at(-1)?.facts).toEqual({ to: "s999" });
  });
});
