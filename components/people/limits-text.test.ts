import { describe, expect, it } from "vitest";
import { limitsText, readLimits } from "./limits-text.ts";

describe("readLimits", () => {
  it.each([
    ["", []],
    [" \n ", []],
    ["50 USD", [{ perDay: "50", currency: "USD" }]],
    [
      "0.5usd\n3000 RUB",
      [
        { perDay: "0.5", currency: "USD" },
        { perDay: "3000", currency: "RUB" },
      ],
    ],
    [
      "50 USD; 1 EUR",
      [
        { perDay: "50", currency: "USD" },
        { perDay: "1", currency: "EUR" },
      ],
    ],
  ])("reads %j", (text, limits) => {
    expect(readLimits(text)).toEqual(limits);
    expect(readLimits(limitsText(limits))).toEqual(limits);
  });

  it.each(["50", "USD 50", "-1 USD", "1e9 USD", "1,5 USD", "1 USD\n2 usd", "1.23456 USD"])(
    "refuses %j",
    (text) => {
      expect(readLimits(text)).toBeNull();
    },
  );
});
