"use client";

import { useTranslations } from "next-intl";
import { useSpan } from "#components/balance/use-span.ts";
import type { RunwayView } from "#lib/balance/types.ts";

/** From the shortest to the longest that an account may last. */
export function Lasts({ lasts }: { lasts: RunwayView["lasts"] }) {
  const t = useTranslations("balance");
  const span = useSpan();
  if (!lasts) return <span className="text-ink-3">{t("lastsNone")}</span>;
  const least = span(lasts.atLeast);
  if (lasts.atMost === null) return t("lastsLeast", { least });
  const most = span(lasts.atMost);
  return least === most ? least : t("lastsFrom", { least, most });
}
