"use client";

import { useTranslations } from "next-intl";
import { elapsed } from "#components/ui/elapsed.ts";

/** "3 min ago", "now". The wording is ours, so that server and browser never differ in it. */
export function useAgo(): (milliseconds: number) => string {
  const t = useTranslations("ui");
  return (milliseconds) => {
    const result = elapsed(milliseconds);
    if (result.unit === "now") return t("time.now");
    return t(`time.ago.${result.unit}`, { count: result.count });
  };
}

/** "3 min": how long something has lasted. */
export function useSpan(): (milliseconds: number) => string {
  const t = useTranslations("ui");
  return (milliseconds) => {
    const result = elapsed(milliseconds);
    if (result.unit === "now") return t("time.span.second", { count: 1 });
    return t(`time.span.${result.unit}`, { count: result.count });
  };
}
