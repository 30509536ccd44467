import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Basket,
  compareBaskets,
  fingerprintOf,
  plainNote,
  type ShownBasket,
  shownFingerprint,
} from "./basket.ts";

const RUNS = { seed: 20_261_121, numRuns: 2_000 };

type Line = Basket["lines"][number];
type ShownLine = ShownBasket["lines"][number];

const note = fc.dictionary(
  fc.constantFrom("login", "player_id", "region", "__proto__"),
  fc.constantFrom("", "7", "asha", " 7 "),
  { maxKeys: 2 },
);
const line: fc.Arbitrary<Line> = fc.record({
  productId: fc.constantFrom("product_x", "product_y"),
  quantity: fc.integer({ min: 1, max: 3 }),
  note,
});
const basket: fc.Arbitrary<Basket> = fc.record({
  lines: fc.array(line, { minLength: 1, maxLength: 4 }),
  currency: fc.constantFrom("USD", "RUB"),
  isMock: fc.boolean(),
});

const simple = (facts: Partial<Basket> = {}): Basket => ({
  lines: [{ productId: "product_x", quantity: 1, note: {} }],
  currency: "USD",
  isMock: false,
  ...facts,
});

/** What a supplier shows of a basket when it hides nothing. */
const shown = ({ lines, ...rest }: Basket): ShownBasket => ({ ...rest, lines: [...lines] });

/** The same goods, a line of several told as two. */
const split = ({ lines, ...rest }: Basket) =>
  fc.array(fc.boolean(), { minLength: lines.length, maxLength: lines.length }).map(
    (splits): Basket => ({
      ...rest,
      lines: lines.flatMap((one, at) =>
        splits[at] && one.quantity > 1
          ? [
              { ...one, quantity: 1 },
              { ...one, quantity: one.quantity - 1 },
            ]
          : [one],
      ),
    }),
  );

/** Lines as the supplier may turn them round, each field shown or not. */
const hidden = (ours: Basket) => {
  const each = { minLength: ours.lines.length, maxLength: ours.lines.length };
  return fc
    .tuple(
      fc.shuffledSubarray(ours.lines, each),
      fc.array(fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()), each),
      fc.boolean(),
      fc.boolean(),
    )
    .map(
      ([lines, hides, currency, isMock]): ShownBasket => ({
        lines: lines.map((one, at) => {
          const [product, quantity, hasNote] = hides[at] ?? [false, false, false];
          return {
            productId: product ? null : one.productId,
            quantity: quantity ? null : one.quantity,
            note: hasNote ? null : one.note,
          };
        }),
        currency: currency ? null : ours.currency,
        isMock: isMock ? null : ours.isMock,
      }),
    );
};

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

/** Told in as many lines as were asked for, hidden like the first of what is told otherwise. */
function hiddenWhole(ours: Basket, like: ShownBasket): ShownBasket {
  const [first] = like.lines;
  return {
    ...like,
    lines: ours.lines.map((line) => ({
      productId: first?.productId === null ? null : line.productId,
      quantity: first?.quantity === null ? null : line.quantity,
      note: first?.note === null ? null : line.note,
    })),
  };
}

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
