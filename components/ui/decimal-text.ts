/**
 * Decimal text for reading: grouped for the language, at least the currency's usual digits, at most
 * `maximum`. The text goes to Intl as text, so no digit is lost to a float. Not a number → as is.
 */
export function formatDecimalText(
  amount: string,
  locale: string,
  options: { minimum: number; maximum: number; sign?: boolean },
): string {
  if (!/^-?\d+(\.\d+)?$/.test(amount)) return amount;
  return formatter(
    locale,
    options.minimum,
    Math.max(options.minimum, options.maximum),
    options.sign ?? false,
  ).format(amount as `${number}`);
}

const formatters = new Map<string, Intl.NumberFormat>();

function formatter(locale: string, minimum: number, maximum: number, sign: boolean) {
  const key = `${locale}|${minimum}|${maximum}|${sign}`;
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(locale, {
    minimumFractionDigits: minimum,
    maximumFractionDigits: maximum,
    signDisplay: sign ? "exceptZero" : "negative",
    numberingSystem: "latn",
  });
  formatters.set(key, made);
  return made;
}

const digits = new Map<string, number>();

/** How many decimals the currency is usually written with; 2 where it is none that we know. */
export function currencyDigits(currency: string): number {
  const known = digits.get(currency);
  if (known !== undefined) return known;
  let count = 2;
  try {
    const options = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions();
    count = options.maximumFractionDigits ?? 2;
  } catch {
    // Not a currency by ISO 4217 (a token, points): two decimals it is.
  }
  digits.set(currency, count);
  return count;
}
