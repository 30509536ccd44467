import Big from "big.js";

/** Money is decimal text with its currency; nothing here ever becomes a float. */
export type Money = { amount: string; currency: string };

/** Prices have four decimals (0.9549); more would be noise, fewer would be wrong. */
const DECIMALS = 4;
/** What a column of `numeric(18, 4)` stays below. */
const LIMIT = Big("1e14");

export const multiply = (price: string, quantity: number): string =>
  text(Big(price).times(quantity));

export const add = (...amounts: string[]): string =>
  text(amounts.reduce((sum, amount) => sum.plus(amount), Big(0)));

export const subtract = (amount: string, less: string): string => text(Big(amount).minus(less));

/** -1, 0 or 1, as a sort function wants it. */
export const compareAmounts = (left: string, right: string): number => Big(left).cmp(right);

/** What an order of these lines costs. */
export function totalOf(lines: { unitPrice: string; quantity: number }[]): string {
  return add(...lines.map((line) => multiply(line.unitPrice, line.quantity)));
}

/** An amount as the database would keep it, rounded to four decimals; null when it is too large to be kept. */
export function storableAmount(amount: string): string | null {
  const rounded = Big(amount).round(DECIMALS);
  return rounded.abs().lt(LIMIT) ? rounded.toFixed() : null;
}

function text(value: Big): string {
  return value.round(DECIMALS).toFixed();
}
