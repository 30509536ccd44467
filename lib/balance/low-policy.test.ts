import { describe, expect, it } from "vitest";
import { judgeBalance } from "./low-policy.ts";

const lines = { lowAt: "50", okAt: "60" };

/** What is told while the balance goes this way. */
function told(...amounts: string[]): string[] {
  let isLow = false;
  return amounts.map((amount) => {
    const verdict = judgeBalance(lines, isLow, amount);
    isLow = verdict === "falls_low" || verdict === "stays_low";
    return verdict;
  });
}

describe("judgeBalance", () => {
  it("tells of each crossing once, and not of swaying between the lines", () => {
    expect(told("100", "50", "49.9999", "0", "55", "59.9999", "49", "60", "50", "49.99")).toEqual([
      ...["is_fine", "is_fine", "falls_low", "stays_low", "stays_low", "stays_low"],
      ...["stays_low", "recovers", "is_fine", "falls_low"],
    ]);
  });

  it("takes a debt for low, and one line for both", () => {
    expect(told("-3")).toEqual(["falls_low"]);
    expect(judgeBalance({ lowAt: "50", okAt: "50" }, true, "50.00")).toBe("recovers");
  });
});
