import type { SpendLimitInput } from "#lib/access/people/spend-limit-input.ts";

/** Limits as somebody types them, `50 USD`, one a line. */
export const limitsText = (limits: readonly SpendLimitInput[]): string =>
  limits.map(({ currency, perDay }) => `${perDay} ${currency}`).join("\n");

/** Null where a line isn't like that, or a currency comes twice. */
export function readLimits(text: string): SpendLimitInput[] | null {
  const lines = text.split(/[\n;]/).map((line) => line.trim());
  const limits = lines.filter(Boolean).map((line) => {
    const [, perDay, currency] = /^(\d{1,12}(?:\.\d{1,4})?)\s*([a-z]{3,8})$/i.exec(line) ?? [];
    return perDay && currency ? { perDay, currency: currency.toUpperCase() } : null;
  });
  const read = limits.filter((limit) => limit !== null);
  const isWhole = read.length === limits.length;
  return isWhole && new Set(read.map(({ currency }) => currency)).size === read.length
    ? read
    : null;
}
