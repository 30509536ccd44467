import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareBaskets, fingerprintOf, type ShownBasket, shownFingerprint } from "./basket.ts";
import {
  basket,
  hidden,
  hiddenWhole,
  type Line,
  RUNS,
  type ShownLine,
  shown,
  simple,
  split,
} from "./baskets.fixture.ts";

describe("comparing an order of ours with a supplier order", () => {
  const ours = simple({
    lines: [
      { productId: "product_x", quantity: 2, note: {} },
      { productId: "product_y", quantity: 1, note: { login: "asha" } },
    ],
  });
  const [first, second] = ours.lines as [Line, Line];
  const one = { ...first, quantity: 1 };
  const withLines = (...lines: ShownLine[]): ShownBasket => ({ ...shown(ours), lines });

  it.each<[string, ShownBasket, string]>([
    ["all of it", shown(ours), "same"],
    ["its lines in another order", withLines(second, first), "same"],
    ["the currency in small letters", { ...shown(ours), currency: "usd" }, "same"],
    ["no currency: the account's own", { ...shown(ours), currency: null }, "same"],
    ["no empty note", withLines({ ...first, note: null }, second), "same"],
    ["no mark of a mock", { ...shown(ours), isMock: null }, "unclear"],
    ["no filled note", withLines(first, { ...second, note: null }), "unclear"],
    ["no quantity", withLines({ ...first, quantity: null }, second), "unclear"],
    ["no product", withLines(first, { ...second, productId: null }), "unclear"],
    ["no lines at all", withLines(), "unclear"],
    ["a mock", { ...shown(ours), isMock: true }, "different"],
    ["another currency", { ...shown(ours), currency: "RUB" }, "different"],
    ["a line more", withLines(first, second, second), "different"],
    ["a line less", withLines(first), "different"],
    ["another quantity", withLines({ ...first, quantity: 1 }, second), "different"],
    ["another product", withLines({ ...first, productId: "product_z" }, second), "different"],
    ["the first line as two", withLines(one, one, second), "same"],
    [
      "the product in capital letters",
      withLines(first, { ...second, productId: "PRODUCT_Y" }),
      "same",
    ],
    [
      "the note spelt otherwise",
      withLines(first, { ...second, note: { login: " AS-HA" } }),
      "unclear",
    ],
    [
      "a field more in the note",
      withLines(first, { ...second, note: { login: "asha", id: "1" } }),
      "unclear",
    ],
    ["another note", withLines(first, { ...second, note: { login: "ravi" } }), "different"],
    [
      "another note beside one more",
      withLines(first, { ...second, note: { login: "ravi", id: "1" } }),
      "different",
    ],
    ["a note where we gave none", withLines({ ...first, note: { login: "x" } }, second), "unclear"],
    ["no note where we gave one", withLines(first, { ...second, note: {} }), "unclear"],
    [
      "quantities the other way round",
      withLines({ ...first, quantity: 1 }, { ...second, quantity: 2 }),
      "different",
    ],
  ])("that shows %s", (_, theirs, expected) => {
    expect(compareBaskets(ours, theirs)).toBe(expected);
  });

  it("knows an order that shows everything, by its fingerprint alone", () => {
    fc.assert(
      fc.property(basket, basket, (one, other) => {
        const same = fingerprintOf(one) === fingerprintOf(other);
        expect(compareBaskets(one, shown(other)) === "same").toBe(same);
        expect(shownFingerprint(shown(other))).toBe(fingerprintOf(other));
      }),
      RUNS,
    );
  });

  it("never misses its own, however little of it is shown (a miss would be bought again: I1)", () => {
    fc.assert(
      fc.property(
        basket.chain((one) => fc.tuple(fc.constant(one), hidden(one))),
        ([one, theirs]) => {
          expect(compareBaskets(one, theirs)).not.toBe("different");
        },
      ),
      RUNS,
    );
  });

  it("never misses its own where lines are told as two, or two as one, and half of it is hidden (I1)", () => {
    fc.assert(
      fc.property(
        basket.chain((one) =>
          split(one).chain((told) =>
            hidden(told).chain((theirs) =>
              fc.constantFrom([one, theirs] as const, [told, hiddenWhole(one, theirs)] as const),
            ),
          ),
        ),
        ([one, theirs]) => {
          expect(compareBaskets(one, theirs)).not.toBe("different");
        },
      ),
      RUNS,
    );
  });

  it("is sure of nothing that isn't the same, as far as it is shown", () => {
    fc.assert(
      fc.property(
        basket,
        basket.chain((one) => hidden(one)),
        (one, theirs) => {
          if (compareBaskets(one, theirs) !== "same") return;
          const currency = theirs.currency ?? one.currency;
          expect(shownFingerprint({ ...theirs, currency })).toBe(fingerprintOf(one));
        },
      ),
      RUNS,
    );
  });

  it.each(["__proto__", "constructor", "toString"])(
    "isn't led astray by a field of a note called %s",
    (name) => {
      const noted = (note: Record<string, string>) =>
        simple({ lines: [{ productId: "product_x", quantity: 1, note }] });
      const own = JSON.parse(`{"${name}":"x"}`);
      expect(compareBaskets(noted(own), shown(noted(own)))).toBe("same");
      expect(compareBaskets(noted(own), shown(noted({})))).toBe("unclear");
      expect(compareBaskets(noted({}), shown(noted(own)))).toBe("unclear");
    },
  );

  it("is never sure where quantities differ in sum", () => {
    fc.assert(
      fc.property(
        basket,
        basket.chain((one) => hidden(one)),
        (one, theirs) => {
          const sum = (lines: ShownLine[]) =>
            lines.reduce((total, { quantity }) => total + (quantity ?? Number.NaN), 0);
          if (sum(one.lines) !== sum(theirs.lines)) {
            expect(compareBaskets(one, theirs)).not.toBe("same");
          }
        },
      ),
      RUNS,
    );
  });
});
