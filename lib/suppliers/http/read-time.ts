const ISO =
  /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;
const EARLIEST_MS = Date.UTC(2000, 0, 1);
const LATEST_MS = Date.UTC(2200, 0, 1);

/**
 * A supplier's timestamp: ISO text (without a zone it is taken as UTC, as API servers mean it) or
 * Unix seconds or milliseconds. Null for anything else, and for years before 2000 or from 2200.
 */
export function readTime(value: unknown): Date | null {
  const ms =
    typeof value === "number"
      ? unixMs(value)
      : typeof value === "string"
        ? isoMs(value.trim())
        : null;
  if (ms === null || !(ms >= EARLIEST_MS && ms < LATEST_MS)) return null;
  return new Date(ms);
}

function unixMs(value: number): number {
  return value < 1e11 ? value * 1000 : value;
}

function isoMs(text: string): number | null {
  const match = ISO.exec(text);
  if (!match) return null;
  const hasTime = text.length > 10;
  const zoned = hasTime && match[1] === undefined ? `${text}Z` : text;
  return Date.parse(zoned.replace(" ", "T").replace(",", "."));
}
