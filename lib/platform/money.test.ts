import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { add, compareAmounts, multiply, storableAmount, subtract, totalOf } from "./money.ts";

/** Amounts as ten-thousandths, so that integers can check the sums. */
const units = fc.bigInt({ min: 0n, max: 10n ** 14n });
const quantity = fc.integer({ min: 1, max: 100_000 });

function text(amount: bigint): string {
  const digits = amount.toString().padStart(5, "0");
  return `${digits.slice(0, -4)}.${digits.slice(-4)}`;
}

function units4(amount: string): bigint {
  const [whole = "", fraction = ""] = amount.split(".");
  return BigInt(whole + fraction.padEnd(4, "0"));
}

describe("money", () => {
  it("has no float noise", () => {
    expect(add("0.1", "0.2")).toBe("0.3");
    expect(multiply("0.9549", 3)).toBe("2.8647");
    expect(multiply("1.005", 100)).toBe("100.5");
    expect(subtract("0.3", "0.1")).toBe("0.2");
    expect(subtract("1.5", "1.5")).toBe("0");
    expect(
      totalOf([
        { unitPrice: "4.75", quantity: 3 },
        { unitPrice: "0.0001", quantity: 7 },
      ]),
    ).toBe("14.2507");
    expect(totalOf([])).toBe("0");
  });

  it("never writes an exponent or a minus zero", () => {
    expect(multiply("99999999999999.9999", 100_000)).toBe("9999999999999999990");
    expect(multiply("0.0001", 1)).toBe("0.0001");
    expect(subtract("0", "0.00001")).toBe("0");
  });

  it("refuses what is no amount", () => {
    for (const junk of ["", "abc", "1,5", "NaN", "Infinity", "0x10", "1e3", ".5", "5."]) {
      expect(() => add(junk), junk).toThrow();
    }
  });

  it("adds and multiplies as integers do", () => {
    fc.assert(
      fc.property(units, units, quantity, (left, right, times) => {
        expect(units4(add(text(left), text(right)))).toBe(left + right);
        expect(units4(multiply(text(left), times))).toBe(left * BigInt(times));
      }),
    );
  });

  it("takes back what it added", () => {
    fc.assert(
      fc.property(units, units, (left, right) => {
        const sum = add(text(left), text(right));
        expect(compareAmounts(subtract(sum, text(right)), text(left))).toBe(0);
      }),
    );
  });

  it("orders by value, however it is written", () => {
    expect(compareAmounts("10", "9.99")).toBe(1);
    expect(compareAmounts("0.5", "0.50")).toBe(0);
    expect(compareAmounts("-1", "0")).toBe(-1);
    fc.assert(
      fc.property(units, units, (left, right) => {
        expect(compareAmounts(text(left), text(right))).toBe(
          Number(left > right) - Number(left < right),
        );
      }),
    );
  });

  it("tells how an amount would be kept, if at all", () => {
    expect(storableAmount("10.123456")).toBe("10.1235");
    expect(storableAmount("-0.00005")).toBe("-0.0001");
    expect(storableAmount("4.7500")).toBe("4.75");
    expect(storableAmount("99999999999999.9999")).toBe("99999999999999.9999");
    expect(storableAmount("99999999999999.99995")).toBeNull();
    expect(storableAmount("-100000000000000")).toBeNull();
  });
});
