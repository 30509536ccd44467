"use client";

import { clsx } from "clsx";
import { useTranslations } from "next-intl";
import { useClock } from "#components/ui/use-clock.ts";
import { useAgo } from "#components/ui/use-elapsed-text.ts";

/** From here on the price is old enough to say so in amber; the price guard still holds. */
const OLD_MS = 5 * 60_000;

/** When the supplier last said what the product costs and how many there are. */
export function PriceAge({
  seenAt,
  asking,
  failed,
}: {
  seenAt: string;
  asking: boolean;
  /** We couldn't be reached for the question. */
  failed: boolean;
}) {
  const t = useTranslations("newOrder.line");
  const ago = useAgo();
  const seen = Date.parse(seenAt);
  const age = Math.max(0, useClock(seen) - seen);
  if (asking) return <span className="text-xs text-ink-3">{t("checking")}</span>;
  return (
    <span
      className={clsx("text-xs", failed || age > OLD_MS ? "text-look" : "text-ink-3")}
      suppressHydrationWarning
    >
      {t(failed ? "notChecked" : "checked", { ago: ago(age) })}
    </span>
  );
}
