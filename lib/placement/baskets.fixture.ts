/** Baskets of ours, and ways in which a supplier may show them: turned round, split, half hidden. */
import fc from "fast-check";
import type { Basket, ShownBasket } from "./basket.ts";

export const RUNS = { seed: 20_261_121, numRuns: 2_000 };

export type Line = Basket["lines"][number];
export type ShownLine = ShownBasket["lines"][number];

export const note = fc.dictionary(
  fc.constantFrom("login", "player_id", "region", "__proto__"),
  fc.constantFrom("", "7", "asha", " 7 "),
  { maxKeys: 2 },
);
export const line: fc.Arbitrary<Line> = fc.record({
  productId: fc.constantFrom("product_x", "product_y"),
  quantity: fc.integer({ min: 1, max: 3 }),
  note,
});
export const basket: fc.Arbitrary<Basket> = fc.record({
  lines: fc.array(line, { minLength: 1, maxLength: 4 }),
  currency: fc.constantFrom("USD", "RUB"),
  isMock: fc.boolean(),
});

export const simple = (facts: Partial<Basket> = {}): Basket => ({
  lines: [{ productId: "product_x", quantity: 1, note: {} }],
  currency: "USD",
  isMock: false,
  ...facts,
});

/** What a supplier shows of a basket when it hides nothing. */
export const shown = ({ lines, ...rest }: Basket): ShownBasket => ({ ...rest, lines: [...lines] });

/** The same goods, a line of several told as two. */
export const split = ({ lines, ...rest }: Basket) =>
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
export const hidden = (ours: Basket) => {
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

/** Told in as many lines as were asked for, hidden like the first of what is told otherwise. */
export function hiddenWhole(ours: Basket, like: ShownBasket): ShownBasket {
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
