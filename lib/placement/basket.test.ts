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

/** Lines as the supplier may turn them round, each field shown or not. */
const hidden = (ours: Basket) =>
  fc
    .tuple(
      fc.shuffledSubarray(ours.lines, { minLength: ours.lines.length }),
      fc.array(fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()), {
        minLength: ours.lines.length,
        maxLength: ours.lines.length,
      }),
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

  it("is equal only where the goods are", () => {
    const canonical = ({ lines, currency, isMock }: Basket) =>
      JSON.stringify([
        lines
          .map((one) => JSON.stringify([one.productId, one.quantity, plainNote(one.note)]))
          .sort(),
        currency,
        isMock,
      ]);
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
    const lines = [
      { productId: "product_x", quantity: 2, note: { player_id: "7", login: "asha" } },
      { productId: "product_y", quantity: 1, note: {} },
    ];
    expect(fingerprintOf(simple({ lines }))).toBe("kpszEfrdS0ScDCdxOYbG1eZoJDcliguyoY14CYsK4do");
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
    [
      "a note where we gave none",
      withLines({ ...first, note: { login: "x" } }, second),
      "different",
    ],
    ["no note where we gave one", withLines(first, { ...second, note: {} }), "different"],
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
        expect(compareBaskets(one, shown(other))).toBe(same ? "same" : "different");
        expect(shownFingerprint(shown(other))).toBe(fingerprintOf(other));
      }),
      RUNS,
    );
  });

  it("never misses its own, however little of it is shown (a miss would be bought again)", () => {
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

  it("calls nothing the same that some way of matching lines can't make the same", () => {
    fc.assert(
      fc.property(
        basket,
        basket.chain((one) => hidden(one)),
        (one, theirs) => {
          expect(compareBaskets(one, theirs)).toBe(compareByTrying(one, theirs));
        },
      ),
      RUNS,
    );
  });

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

/** The same question, answered by trying every way in which lines could belong together. */
function compareByTrying(ours: Basket, theirs: ShownBasket): "same" | "unclear" | "different" {
  const [one, ...rest] = ours.lines;
  if (!one) return theirs.isMock === null ? "unclear" : "same";
  const tried = theirs.lines.map((line, at) => {
    const alone = compareBaskets({ ...ours, lines: [one] }, { ...theirs, lines: [line] });
    if (alone === "different") return alone;
    const others = compareByTrying(
      { ...ours, lines: rest },
      { ...theirs, lines: theirs.lines.filter((_, other) => other !== at) },
    );
    return others === "same" ? alone : others;
  });
  if (ours.lines.length !== theirs.lines.length) return "different";
  if (tried.includes("same")) return "same";
  return tried.includes("unclear") ? "unclear" : "different";
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
