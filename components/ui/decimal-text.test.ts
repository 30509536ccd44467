import { describe, expect, it } from "vitest";
import { currencyDigits, formatDecimalText } from "#components/ui/decimal-text.ts";

describe("formatDecimalText", () => {
  it.each([
    ["1234.5", "en", "1,234.50"],
    ["1234567.5", "hi", "12,34,567.50"],
    ["-0.0125", "en", "-0.0125"],
    ["0", "en", "0.00"],
    ["12345678901234567890.1234", "en", "12,345,678,901,234,567,890.1234"],
    ["junk", "en", "junk"],
    ["1e5", "en", "1e5"],
  ])("%s in %s is %s", (amount, locale, expected) => {
    expect(formatDecimalText(amount, locale, { minimum: 2, maximum: 4 })).toBe(expected);
  });

  it("shows a plus only when asked and never on zero", () => {
    const options = { minimum: 2, maximum: 4, sign: true };
    expect(formatDecimalText("5", "en", options)).toBe("+5.00");
    expect(formatDecimalText("0", "en", options)).toBe("0.00");
  });

  it("knows the digits of a currency, and survives words that are none", () => {
    expect([currencyDigits("USD"), currencyDigits("JPY"), currencyDigits("USDT")]).toEqual([
      2, 0, 2,
    ]);
  });
});
