import { tz } from "@date-fns/tz";
import { startOfDay, subDays } from "date-fns";

/** When the last `count` days began in a time zone, today last; days of 23 and 25 hours too. Pure. */
export function dayStarts(now: Date, timeZone: string, count: number): Date[] {
  const there = { in: tz(timeZone) };
  const today = startOfDay(now, there);
  return Array.from(
    { length: count },
    (_, at) => new Date(startOfDay(subDays(today, count - 1 - at, there), there).getTime()),
  );
}
