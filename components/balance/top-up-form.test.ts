import { describe, expect, it } from "vitest";
import { atOf, decimalText, isTopUpAmount, localTime } from "#components/balance/top-up-form.ts";

describe("a top-up as it is typed", () => {
  it.each(["500", "250.50", "-0.0001", "999999999999.9999"])("takes %s", (typed) => {
    expect(isTopUpAmount(typed)).toBe(true);
  });
  it.each(["", "0", "0.00", "1.23456", "1e3", "abc", "--1", "1.", ".5"])("refuses %j", (typed) => {
    expect(isTopUpAmount(typed)).toBe(false);
  });
  it("takes a comma for a point, but for one that may part thousands", () => {
    expect(decimalText(" 250,5 ")).toBe("250.5");
    expect(isTopUpAmount(decimalText("1,000"))).toBe(false);
    expect(isTopUpAmount(decimalText("1,000.50"))).toBe(false);
  });
  it("keeps the minute, in any time zone, and no time to come", () => {
    const at = new Date("2026-03-01T10:20:00.000Z");
    expect(atOf(localTime(at), at)).toBe(at.toISOString());
    expect(atOf(localTime(at), new Date(at.getTime() - 120_000))).toBeNull();
    expect(atOf("", at)).toBeNull();
  });
});
