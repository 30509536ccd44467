import type { Formats } from "next-intl";

/** Named formats. 24 hours everywhere: a night shift never has to look for "am". */
export const formats = {
  dateTime: {
    day: { day: "numeric", month: "short" },
    dayYear: { day: "numeric", month: "short", year: "numeric" },
    dayTime: {
      day: "numeric",
      month: "short",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    },
    time: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
    exact: {
      day: "numeric",
      month: "short",
      year: "numeric",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      hourCycle: "h23",
      timeZoneName: "short",
    },
  },
  number: { count: { maximumFractionDigits: 0 } },
} satisfies Formats;
