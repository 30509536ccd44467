import Big from "big.js";

/** More digits than any amount of money, few enough that an exponent cannot blow the text up. */
const MAX_CHARS = 40;
const DECIMAL = /^[+-]?\d{1,30}(?:\.\d{1,30})?(?:[eE][+-]?\d{1,2})?$/;

/**
 * An amount as plain decimal text (`"0.9549"`), never by arithmetic: the digits are the supplier's.
 * Null for anything that is not one plain number.
 */
export function decimalText(value: unknown): string | null {
  if (typeof value !== "string" && typeof value !== "number") return null;
  const text = String(value).trim();
  if (!DECIMAL.test(text)) return null;
  const plain = /^-?\d+(?:\.\d+)?$/.test(text) ? text : new Big(text.replace(/^\+/, "")).toFixed();
  return plain.length <= MAX_CHARS ? plain : null;
}

/** A whole number from zero up, from a number or its text; null for anything else. */
export function countFrom(value: unknown): number | null {
  const text = decimalText(value);
  if (text === null || !/^\d+(?:\.0+)?$/.test(text)) return null;
  const count = Number(text);
  return Number.isSafeInteger(count) ? count : null;
}
