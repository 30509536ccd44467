"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useClock } from "#components/ui/use-clock.ts";

const DAY_MS = 24 * 60 * 60_000;

/** "14:05", or with its day where that is not within a day; the exact time on hover. */
export function Until({ at: iso }: { at: string }) {
  const t = useTranslations("ui");
  const format = useFormatter();
  const at = new Date(iso);
  const isNear = Math.abs(at.getTime() - useClock(at.getTime())) < DAY_MS;
  const exact = t("time.exact", {
    local: format.dateTime(at, "exact"),
    utc: iso.replace("T", " ").slice(0, 19),
  });
  return (
    <time
      dateTime={iso}
      data-tip={exact}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the exact time is there for the keyboard, too
      tabIndex={0}
      suppressHydrationWarning
      className="rounded-sm whitespace-nowrap"
    >
      {format.dateTime(at, isNear ? "time" : "dayTime")}
    </time>
  );
}
