const EARLIEST_MS = Date.UTC(2000, 0, 1);
/** Dates after this mean "never". */
const LATEST_MS = Date.UTC(2100, 0, 1);
const MOST_CHARS = 60;

const ISO_TIME =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2})?)(?:[.,]\d+)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/i;
const YEAR_FIRST = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/;
const YEAR_LAST = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/;
const MONTH_AND_YEAR = /^(\d{1,2})[-/.](\d{4}|\d{2})$/;
const YEAR_AND_MONTH = /^(\d{4})[-/.](\d{1,2})$/;
const DAY_NAMED = /^(\d{1,2})(?:st|nd|rd|th)?[\s-]+([a-z]{3,9})\.?,?[\s-]+(\d{4})$/i;
const NAMED_DAY = /^([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$/i;
const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");

/** How 03/04/2027 is meant, where somebody has said so. */
export type DateOrder = "day_first" | "month_first";

/**
 * When a code expires, as a supplier or a person wrote it; null for what is no date, means "never", or
 * could be two dates (03/04/2027) while nobody has said which.
 *
 * A day without a time ends at its noon in UTC: so it reads as that day nearly everywhere, and nobody is
 * handed a code on a day that is over where they are. A month stands for its last day.
 */
export function readExpiry(value: unknown, order?: DateOrder): Date | null {
  const ms =
    typeof value === "number"
      ? unixMs(value)
      : typeof value === "string"
        ? ofText(value, order)
        : null;
  if (ms === null || !(ms >= EARLIEST_MS && ms < LATEST_MS)) return null;
  return new Date(ms);
}

const unixMs = (value: number): number => Math.round(value < 1e11 ? value * 1_000 : value);

function ofText(value: string, order?: DateOrder): number | null {
  if (value.length > MOST_CHARS) return null;
  const text = value.trim();
  if (/^(\d{10}|\d{13})$/.test(text)) return unixMs(Number(text));
  return isoTime(text) ?? dayOf(text, order) ?? monthOf(text);
}

function isoTime(text: string): number | null {
  const [, day, time, zone] = ISO_TIME.exec(text) ?? [];
  if (!day || !time || !YEAR_FIRST.test(day) || dayOf(day) === null) return null;
  const offset = zone && /^[+-]/.test(zone) ? zone : "Z";
  const ms = Date.parse(`${day}T${time}${offset}`);
  return Number.isNaN(ms) ? null : ms;
}

function dayOf(text: string, order?: DateOrder): number | null {
  let found = YEAR_FIRST.exec(text);
  if (found) return noonOf(found[1], found[3], found[4]);
  found = YEAR_LAST.exec(text);
  if (found) return noonOfEither(found, order);
  found = DAY_NAMED.exec(text);
  if (found) return noonOf(found[3], monthNamed(found[2]), found[1]);
  found = NAMED_DAY.exec(text);
  return found && noonOf(found[3], monthNamed(found[1]), found[2]);
}

/** With dots the day comes first; else only where that is said, or where one of both can't be a month. */
function noonOfEither(
  [, one, sign, other, year]: RegExpExecArray,
  order?: DateOrder,
): number | null {
  const dayFirst = noonOf(year, other, one);
  if (sign === "." || order === "day_first") return dayFirst;
  const monthFirst = noonOf(year, one, other);
  if (order === "month_first") return monthFirst;
  if (dayFirst !== null && monthFirst !== null && dayFirst !== monthFirst) return null;
  return dayFirst ?? monthFirst;
}

function monthOf(text: string): number | null {
  const [, year, month] = YEAR_AND_MONTH.exec(text) ?? [];
  if (year && month) return lastDayOf(Number(year), Number(month));
  const found = MONTH_AND_YEAR.exec(text);
  if (!found?.[2]) return null;
  return lastDayOf(Number(found[2]) + (found[2].length === 2 ? 2_000 : 0), Number(found[1]));
}

function lastDayOf(year: number, month: number): number | null {
  return month >= 1 && month <= 12 ? Date.UTC(year, month, 0, 12) : null;
}

const monthNamed = (name: string | undefined): number =>
  name === undefined ? 0 : MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;

type Digits = string | number | undefined;

function noonOf(year: Digits, month: Digits, day: Digits): number | null {
  const ms = Date.UTC(Number(year), Number(month) - 1, Number(day), 12);
  const date = new Date(ms);
  // 31 June becomes 1 July otherwise.
  const real = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  return real ? ms : null;
}
