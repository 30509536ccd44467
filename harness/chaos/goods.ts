/** What customers wish for. */
import { draw, drawBetween, drawWeighted } from "../simulate/chance.ts";

export type WishLine = { slug: string; quantity: number; note: Record<string, string | number> };
export type Wish = { lines: WishLine[]; isMock: boolean; customerRef: string | null };

/** Products whose orders come to an end within seconds, one way or another. */
const GOODS = {
  "test-codes-as-objects": 5,
  "test-plain-codes": 5,
  "test-completes-at-once": 4,
  "test-code-pin-and-serial": 3,
  "test-pin-only": 2,
  "test-codes-in-one-object": 3,
  "test-esim": 2,
  "test-account": 2,
  "test-every-note-field": 4,
  "test-service-without-codes": 1,
  "test-delivers-one-code-too-many": 1,
  "test-delivers-fewer-codes": 1,
  "test-fails": 1,
  "test-cancelled-before-payment": 1,
  "test-cancelled-after-payment": 1,
  "test-completes-with-an-item-error": 1,
} as const;

export const GOODS_SLUGS: readonly string[] = Object.keys(GOODS);

/** Baskets that many wish for, so that orders for the same goods meet. */
const POPULAR_BASKETS = 4;

/** The wish with this number; the same number wishes the same in every run of the seed. */
export function wishOf(seed: number, number: number): Wish {
  const popular = draw(seed, "popular", number) < 0.3;
  const basket = popular
    ? `popular ${drawBetween(1, POPULAR_BASKETS, seed, "which", number)}`
    : `own ${number}`;
  const hasTwoLines = draw(seed, "two lines", basket) < 0.1;
  const hasCustomer = draw(seed, "customer", number) < 0.6;
  return {
    lines: Array.from({ length: hasTwoLines ? 2 : 1 }, (_, line) => {
      const slug = drawWeighted(GOODS, seed, "goods", basket, line) ?? "test-plain-codes";
      return {
        slug,
        // Two at least, which one of the products asks for.
        quantity: drawBetween(2, popular ? 3 : 12, seed, "quantity", basket, line),
        note: slug === "test-every-note-field" ? noteOf(seed, basket) : {},
      };
    }),
    isMock: draw(seed, "mock", basket) < 0.12,
    customerRef: hasCustomer ? `customer-${drawBetween(1, 30, seed, "which one", number)}` : null,
  };
}

function noteOf(seed: number, basket: string): WishLine["note"] {
  return {
    login: `login-${seed}-${basket.replaceAll(" ", "-")}`,
    player_id: drawBetween(1, 9_999_999, seed, "player", basket),
    amount: drawBetween(1, 50, seed, "amount", basket) / 2,
    email: `${basket.replaceAll(" ", ".")}@example.com`,
    server: "Asia",
  };
}
