import Big from "big.js";
import type { Product } from "../catalogue/types.ts";
import type { InvalidField } from "../http/refusals.ts";
import { money, type OrderCurrency, quote } from "../money.ts";
import type { World } from "../world.ts";
import { noteProblems } from "./order-notes.ts";

/** One line of an order being created. */
export type Line = { product: Product; quantity: number; note: Record<string, unknown> | null };

/** What the lines cost together now, in `currency`. */
export function priceOf(lines: readonly Line[], currency: OrderCurrency, world: World): string {
  return money(
    lines.reduce(
      (sum, line) =>
        sum.plus(new Big(quote(world.usdPriceOf(line.product), currency)).times(line.quantity)),
      new Big(0),
    ),
  );
}

/** What is wrong with a line by itself: its quantity and its note. */
export function lineProblems({ product, quantity, note }: Line, index: number): InvalidField[] {
  const loc = ["body", "items", index, "quantity"];
  const { minQuantity: min, maxQuantity: max } = product;
  const problems = noteProblems(product.noteFields, note, index);
  if (quantity < min) {
    problems.push({ loc, msg: `Should be at least ${min}`, type: "greater_than_equal" });
  }
  if (quantity > max) {
    problems.push({ loc, msg: `Should be at most ${max}`, type: "less_than_equal" });
  }
  return problems;
}

/** Whether there is enough of a product for all the lines that ask for it. */
export function hasStock(product: Product, lines: readonly Line[], world: World): boolean {
  const stock = world.stockOf(product);
  const wanted = lines
    .filter((line) => line.product.id === product.id)
    .reduce((sum, line) => sum + line.quantity, 0);
  return stock === null || stock >= wanted;
}
