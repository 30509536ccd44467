import { describe, expect, it } from "vitest";
import { readPlan, writePlan } from "#components/endpoints/plan-text.ts";

describe("readPlan", () => {
  it.each([
    [
      "5 s, 30 s, 2 min, 10 min, 1 h, 6 h",
      [5_000, 30_000, 120_000, 600_000, 3_600_000, 21_600_000],
    ],
    ["1s", [1_000]],
    ["1.5 h; 1 Day", [5_400_000, 86_400_000]],
    ["10 minutes,\n2 hours", [600_000, 7_200_000]],
  ])("%s", (text, waits) => expect(readPlan(text)).toEqual(waits));

  it.each(["", " , ", "5", "s", "5 weeks", "-5 s", "5 s 30 s", "1e3 s"])("refuses %j", (text) =>
    expect(readPlan(text)).toBeNull(),
  );

  it("reads what is written", () => {
    const waits = [1_000, 1_500, 90_000, 3_600_000, 86_400_000];
    expect(writePlan(waits)).toBe("1 s, 1.5 s, 90 s, 1 h, 1 d");
    expect(readPlan(writePlan(waits))).toEqual(waits);
  });
});
