"use client";

import { useTranslations } from "next-intl";

const DAY_HOURS = 24;

/** Hours as a person says them, rounded down: a forecast should rather be too short. */
export function useSpan(): (hours: number) => string {
  const t = useTranslations("balance.span");
  return (hours) => {
    if (hours <= 0) return t("none");
    if (hours < 2) return t("minutes", { count: Math.floor(hours * 60) });
    if (hours < 3 * DAY_HOURS) return t("hours", { count: Math.floor(hours) });
    return t("days", { count: Math.floor(hours / DAY_HOURS) });
  };
}
