/**
 * Money is decimal text with its currency; nothing here ever becomes a float. These few sums are done
 * on whole numbers of the last decimal, since they run in the browser too, where a library for
 * arbitrary precision would weigh as much as the form that needs them.
 */
export type Money = { amount: string; currency: string };

/** Prices have four decimals (0.9549); more would be noise, fewer would be wrong. */
const DECIMALS = 4;
/** What a column of `numeric(18, 4)` stays below. */
const LIMIT = 10n ** 14n;

const PLAIN = /^(-?\d+)(?:\.(\d+))?$/;

/** `units` × 10^-`decimals`. */
type Exact = { units: bigint; decimals: number };

export const multiply = (price: string, quantity: number): string => {
  const { units, decimals } = parse(price);
  return text({ units: units * BigInt(quantity), decimals });
};

export const add = (...amounts: string[]): string => text(amounts.map(parse).reduce(sum, ZERO));

export const subtract = (amount: string, less: string): string =>
  text(sum(parse(amount), negated(parse(less))));

/** -1, 0 or 1, as a sort function wants it. */
export const compareAmounts = (left: string, right: string): number => {
  const { units } = sum(parse(left), negated(parse(right)));
  return units === 0n ? 0 : units < 0n ? -1 : 1;
};

/** What an order of these lines costs. */
export function totalOf(lines: { unitPrice: string; quantity: number }[]): string {
  return add(...lines.map((line) => multiply(line.unitPrice, line.quantity)));
}

/**
 * An amount as the database would keep it, rounded to four decimals; null when it is too large to be
 * kept, or no plain decimal text.
 */
export function storableAmount(amount: string): string | null {
  if (!PLAIN.test(amount)) return null;
  const units = rounded(parse(amount));
  return absolute(units) < LIMIT * 10n ** BigInt(DECIMALS)
    ? text({ units, decimals: DECIMALS })
    : null;
}

const ZERO: Exact = { units: 0n, decimals: 0 };
const negated = ({ units, decimals }: Exact): Exact => ({ units: -units, decimals });
const absolute = (units: bigint): bigint => (units < 0n ? -units : units);

/** Throws for anything but plain decimal text. */
function parse(amount: string): Exact {
  const match = PLAIN.exec(amount);
  if (!match?.[1]) throw new Error(`Not a decimal amount: ${amount.slice(0, 40)}`);
  const fraction = match[2] ?? "";
  return { units: BigInt(match[1] + fraction), decimals: fraction.length };
}

function sum(left: Exact, right: Exact): Exact {
  const decimals = Math.max(left.decimals, right.decimals);
  return { units: scaled(left, decimals) + scaled(right, decimals), decimals };
}

const scaled = ({ units, decimals }: Exact, to: number): bigint =>
  units * 10n ** BigInt(to - decimals);

/** Half away from zero, to the four decimals that are kept. */
function rounded(value: Exact): bigint {
  if (value.decimals <= DECIMALS) return scaled(value, DECIMALS);
  const cut = 10n ** BigInt(value.decimals - DECIMALS);
  const size = (absolute(value.units) + cut / 2n) / cut;
  return value.units < 0n ? -size : size;
}

function text(value: Exact): string {
  const units = rounded(value);
  const digits = absolute(units)
    .toString()
    .padStart(DECIMALS + 1, "0");
  const whole = digits.slice(0, -DECIMALS);
  const fraction = digits.slice(-DECIMALS).replace(/0+$/, "");
  return `${units < 0n ? "-" : ""}${whole}${fraction && `.${fraction}`}`;
}
