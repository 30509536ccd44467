/** How long ago, in the largest unit that fits: 0 is "now", seconds below a minute, and so on. */
export type Elapsed =
  | { unit: "now" }
  | { unit: "second" | "minute" | "hour" | "day"; count: number };

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * Rounds down, so that "3 min" means at least three. Under two seconds, and anything in the future
 * (clocks differ a little), is "now".
 */
export function elapsed(milliseconds: number): Elapsed {
  if (!(milliseconds >= 2_000)) return { unit: "now" };
  if (milliseconds < minute) return { unit: "second", count: Math.floor(milliseconds / 1000) };
  if (milliseconds < hour) return { unit: "minute", count: Math.floor(milliseconds / minute) };
  if (milliseconds < day) return { unit: "hour", count: Math.floor(milliseconds / hour) };
  return { unit: "day", count: Math.floor(milliseconds / day) };
}

/** From a week on, a date says more than a number of days. */
export const relativeLimit = 7 * day;
