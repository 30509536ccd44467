"use client";

import { useLocale } from "next-intl";

/**
 * Day and time in the visitor's own time zone, which the server doesn't know of who comes once. For what is
 * rendered in the browser alone.
 */
export function LocalTime({ at }: { at: string }) {
  const locale = useLocale();
  const format = new Intl.DateTimeFormat(locale, {
    day: "numeric",
    month: "long",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  return <time dateTime={at}>{format.format(new Date(at))}</time>;
}
