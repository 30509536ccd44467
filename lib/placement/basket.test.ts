import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Basket, fingerprintOf, plainNote, shownFingerprint } from "./basket.ts";
import { basket, RUNS, type ShownLine, shown, simple, split } from "./baskets.fixture.ts";

describe("a fingerprint", () => {
  it.each([
    ["another product", simple({ lines: [{ productId: "product_y", quantity: 1, note: {} }] })],
    ["another quantity", simple({ lines: [{ productId: "product_x", quantity: 2, note: {} }] })],
    ["a note", simple({ lines: [{ productId: "product_x", quantity: 1, note: { login: "a" } }] })],
    ["another currency", simple({ currency: "RUB" })],
    ["a mock", simple({ isMock: true })],
    ["the line twice", simple({ lines: [...simple().lines, ...simple().lines] })],
  ])("differs for %s", (_, other) => {
    expect(fingerprintOf(other)).not.toBe(fingerprintOf(simple()));
  });

  it("is the same whatever the order of lines, and the case of the currency", () => {
    fc.assert(
      fc.property(
        basket.chain((one) =>
          fc.tuple(
            fc.constant(one),
            fc.shuffledSubarray(one.lines, { minLength: one.lines.length }),
          ),
        ),
        ([one, lines]) => {
          const turned = { ...one, lines, currency: one.currency.toLowerCase() };
          expect(fingerprintOf(turned)).toBe(fingerprintOf(one));
        },
      ),
      RUNS,
    );
  });

  it("is the same for two lines of the same goods as for one of both quantities", () => {
    fc.assert(
      fc.property(
        basket.chain((one) => fc.tuple(fc.constant(one), split(one))),
        ([one, other]) => {
          expect(fingerprintOf(other)).toBe(fingerprintOf(one));
        },
      ),
      RUNS,
    );
  });

  it("is equal only where the goods are", () => {
    const canonical = ({ lines, currency, isMock }: Basket) => {
      const sums: Record<string, number> = {};
      for (const { productId, note, quantity } of lines) {
        const goods = JSON.stringify([productId, Object.entries(plainNote(note))]);
        sums[goods] = (sums[goods] ?? 0) + quantity;
      }
      return JSON.stringify([Object.entries(sums).sort(), currency, isMock]);
    };
    fc.assert(
      fc.property(basket, basket, (one, other) => {
        expect(fingerprintOf(one) === fingerprintOf(other)).toBe(
          canonical(one) === canonical(other),
        );
      }),
      RUNS,
    );
  });

  it("can't be forged by a note that looks like a line", () => {
    const sly = { productId: "product_x", quantity: 1, note: { a: '1"],["product_y' } };
    const plain = { productId: "product_x", quantity: 1, note: { a: "1" } };
    expect(fingerprintOf(simple({ lines: [sly] }))).not.toBe(
      fingerprintOf(simple({ lines: [plain, { ...plain, productId: "product_y" }] })),
    );
  });

  it("stays what it was, since frozen gates are kept by it", () => {
    const lines: Basket["lines"] = [
      { productId: "product_x", quantity: 2, note: { player_id: "7", login: "asha" } },
      { productId: "PRODUCT_Y", quantity: 1, note: {} },
    ];
    expect(fingerprintOf(simple({ lines }))).toBe("-TzwUEZRBxiUFjz4IRwycEE8U_TFwvbBlKn1OgklLqI");
  });
});

describe("a note", () => {
  it.each([
    [{ player_id: 7 }, { player_id: "7" }],
    [{ amount: " 1.5 " }, { amount: "1.5" }],
    [{ login: "asha", region: "" }, { login: "asha" }],
    [{ login: "asha", region: null }, { login: "asha" }],
    [{ login: "asha", region: "\u0000\ud800" }, { login: "asha" }],
    [
      { b: "2", a: "1" },
      { a: "1", b: "2" },
    ],
    [null, {}],
    ["text", {}],
    [undefined, {}],
  ])("%j reads as %j", (typed, read) => {
    expect(plainNote(typed)).toEqual(read);
    expect(Object.keys(plainNote(typed))).toEqual(Object.keys(read));
  });

  it("harms no prototype", () => {
    const read = plainNote(JSON.parse('{"__proto__":"x","constructor":"y"}'));
    expect(Object.entries(read)).toEqual([
      ["__proto__", "x"],
      ["constructor", "y"],
    ]);
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
    expect(({} as { x?: string }).x).toBeUndefined();
  });
});

describe("the fingerprint of what is shown", () => {
  it("is a guess without the note, and none without goods, currency or mark of a mock", () => {
    const theirs = shown(simple());
    const [only] = theirs.lines as [ShownLine];
    const noted = { ...theirs, lines: [{ ...only, note: null }] };
    expect(shownFingerprint(noted)).toBe(fingerprintOf(simple()));
    for (const less of [
      { ...theirs, currency: null },
      { ...theirs, isMock: null },
      { ...theirs, lines: [] },
      { ...theirs, lines: [{ ...only, productId: null }] },
      { ...theirs, lines: [only, { ...only, quantity: null }] },
    ]) {
      expect(shownFingerprint(less)).toBeNull();
    }
  });
});
