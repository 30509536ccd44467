import { tzOffset } from "@date-fns/tz";
import { MINUTES_OF_DAY } from "./policy-limits.ts";
import type { QuietHours } from "./types.ts";

const MINUTE_MS = 60_000;

/** Whether this runtime knows the time zone. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).format(0) !== "";
  } catch {
    return false;
  }
}

/**
 * When the quiet hours that hold at an instant are over, to the minute; null where none hold. Clocks that are
 * put forward or back in between are reckoned with: what counts is what the clock on the wall says. Pure.
 */
export function quietUntil(quiet: Omit<QuietHours, "floor">, at: Date): Date | null {
  if (!isQuiet(quiet, at)) return null;
  const left = (quiet.to - minuteOf(quiet.timeZone, at) + MINUTES_OF_DAY) % MINUTES_OF_DAY;
  const straight = new Date(Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS + left * MINUTE_MS);
  const shift = tzOffset(quiet.timeZone, straight) - tzOffset(quiet.timeZone, at);
  let end = new Date(Math.max(at.getTime(), straight.getTime() - Math.max(0, shift) * MINUTE_MS));
  // Where the end falls into an hour that is left out or comes twice, it is the first minute that isn't quiet.
  while (isQuiet(quiet, end)) end = new Date(end.getTime() + MINUTE_MS);
  return end;
}

function isQuiet({ from, to, timeZone }: Omit<QuietHours, "floor">, at: Date): boolean {
  const minute = minuteOf(timeZone, at);
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

/** Of the day, by the clock on the wall. */
function minuteOf(timeZone: string, at: Date): number {
  const local = Math.floor(at.getTime() / MINUTE_MS) + Math.floor(tzOffset(timeZone, at));
  return ((local % MINUTES_OF_DAY) + MINUTES_OF_DAY) % MINUTES_OF_DAY;
}
