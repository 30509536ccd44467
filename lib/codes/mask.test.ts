import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maskOf } from "./mask.ts";

describe("maskOf", () => {
  it.each([
    ["XK7P-22QD-MM41", "•••• MM41"],
    ["123456789012", "•••• 9012"],
    ["  123456789012\n", "•••• 9012"],
    ["12345678901", "••••"],
    ["", "••••"],
    ["someone@mail.example:hunter2", "••••"],
    ["serial 123456789 pin 4711", "••••"],
    ['{"login":"asha","pin":4711}', "••••"],
    ["https://redeem.example/c/4711", "••••"],
    ["ABCDEFGHIJKL\u00004711", "••••"],
    ["ABCDEFGHIJKLMN🔑", "••••"],
  ])("shows of %j: %s", (value, mask) => {
    expect(maskOf(value)).toBe(mask);
  });

  it("never gives away more than four characters of at least twelve", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (value) => {
        const shown = maskOf(value).slice("•••• ".length);
        expect(shown.length === 0 || (shown.length === 4 && value.trim().length >= 12)).toBe(true);
      }),
    );
  });
});
