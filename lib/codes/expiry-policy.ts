const EARLIEST_MS = Date.UTC(2000, 0, 1);
/** Dates after this mean "never". */
const LATEST_MS = Date.UTC(2100, 0, 1);
const MOST_CHARS = 60;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

const YEAR_FIRST = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/;
const YEAR_LAST = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})$/;
const DAY_NAMED = /^(\d{1,2})(?:st|nd|rd|th)?[\s-]+([a-z]{3,9})\.?,?[\s-]+(\d{4}|\d{2})$/i;
const NAMED_DAY = /^([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4}|\d{2})$/i;
const MONTH_AND_YEAR = /^(\d{1,2})[-/.](\d{4}|\d{2})$/;
const YEAR_AND_MONTH = /^(\d{4})[-/.](\d{1,2})$/;
/** With four digits of the year alone: `Dec 26` could be a day. */
const NAMED_MONTH = /^([a-z]{3,9})\.?[\s/-]+(\d{4})$/i;
/** 20270131, or 20270131100000. */
const COMPACT = /^(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)Z?)?$/i;
/** A day of any spelling, and a time behind it. */
const WITH_TIME =
  /^(.+?)(?:T|,?\s+)(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*([ap]m)?\s*(?:Z|UTC|GMT|([+-])(\d\d):?(\d\d))?$/i;
const MONTHS =
  "january february march april may june july august september october november december".split(
    " ",
  );

/** How 03/04/2027 is meant, where somebody has said so. */
export type DateOrder = "day_first" | "month_first";

/**
 * When a code expires, as a supplier or a person wrote it; null for what is no date, means "never", or
 * could be two dates (03/04/2027, 31/12/26) while nobody has said which.
 *
 * A day without a time ends at its noon in UTC: so it reads as that day nearly everywhere, and nobody is
 * handed a code on a day that is over where they are. A month stands for its last day. A time without a zone
 * is one of UTC.
 */
export function readExpiry(value: unknown, order?: DateOrder): Date | null {
  const ms =
    typeof value === "number"
      ? (compactOf(String(value)) ?? unixMs(value))
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
  return compactOf(text) ?? timeOf(text, order) ?? dayOf(text, order) ?? monthOf(text);
}

function compactOf(text: string): number | null {
  const [, year, month, day, ...time] = COMPACT.exec(text) ?? [];
  const noon = noonOf(year, month, day);
  return noon === null || time[0] === undefined ? noon : atTime(noon, time.map(Number));
}

function timeOf(text: string, order?: DateOrder): number | null {
  const [, dayText = "", hour, minute, second = "0", half, sign, zoneHours, zoneMinutes] =
    WITH_TIME.exec(text) ?? [];
  const noon = dayOf(dayText, order);
  if (noon === null) return null;
  const at = atTime(noon, [hourOf(Number(hour), half), Number(minute), Number(second)]);
  if (at === null || sign === undefined) return at;
  const ahead = Number(zoneHours) * HOUR_MS + Number(zoneMinutes) * MINUTE_MS;
  return sign === "+" ? at - ahead : at + ahead;
}

/** Of twelve hours where "am" or "pm" is said; NaN where there is no such hour. */
function hourOf(hour: number, half: string | undefined): number {
  if (half === undefined) return hour;
  if (hour < 1 || hour > 12) return Number.NaN;
  return (hour % 12) + (half.toLowerCase() === "pm" ? 12 : 0);
}

/** 24:00 is the day's end; there is no other time of that hour. */
function atTime(noon: number, [hour = 0, minute = 0, second = 0]: number[]): number | null {
  const isTime =
    (hour <= 23 && minute <= 59 && second <= 59) || (hour === 24 && minute + second === 0);
  return isTime ? noon + (hour - 12) * HOUR_MS + minute * MINUTE_MS + second * 1_000 : null;
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

/**
 * With dots the day comes first; else only where that is said, or where no other order makes a date. With two
 * digits of the year it may stand in front, too.
 */
function noonOfEither(
  [, one = "", sign, other, last = ""]: RegExpExecArray,
  order?: DateOrder,
): number | null {
  const dayFirst = noonOf(last, other, one);
  if (sign === "." || order === "day_first") return dayFirst;
  const monthFirst = noonOf(last, one, other);
  if (order === "month_first") return monthFirst;
  const yearFirst = one.length === 2 && last.length === 2 ? noonOf(one, other, last) : null;
  const readings = new Set([dayFirst, monthFirst, yearFirst].filter((reading) => reading !== null));
  const [only = null] = readings;
  return readings.size === 1 ? only : null;
}

function monthOf(text: string): number | null {
  const [, year, month] = YEAR_AND_MONTH.exec(text) ?? [];
  if (year && month) return lastDayOf(year, Number(month));
  let found = MONTH_AND_YEAR.exec(text);
  if (found) return lastDayOf(found[2], Number(found[1]));
  found = NAMED_MONTH.exec(text);
  return found && lastDayOf(found[2], monthNamed(found[1]));
}

function lastDayOf(year: string | undefined, month: number): number | null {
  return month >= 1 && month <= 12 ? Date.UTC(fullYear(year), month, 0, 12) : null;
}

/** From 1; 0 for what is none. */
const monthNamed = (name: string | undefined): number =>
  name === undefined ? 0 : MONTHS.findIndex((month) => month.startsWith(name.toLowerCase())) + 1;

/** Codes are younger than this century. */
const fullYear = (year: string | undefined): number =>
  Number(year) + (year?.length === 2 ? 2_000 : 0);

function noonOf(
  year: string | undefined,
  month: string | number | undefined,
  day: string | undefined,
): number | null {
  const ms = Date.UTC(fullYear(year), Number(month) - 1, Number(day), 12);
  const date = new Date(ms);
  // 31 June becomes 1 July otherwise.
  const real = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  return real ? ms : null;
}
