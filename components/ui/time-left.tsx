"use client";

import { clsx } from "clsx";
import { useFormatter, useTranslations } from "next-intl";
import { useClock } from "#components/ui/use-clock.ts";
import { useAgo, useSpan } from "#components/ui/use-elapsed-text.ts";

const DAY_MS = 86_400_000;
/** Further away than this, a date says more than a number of days. */
const NEAR_MS = 60 * DAY_MS;

/** "12 days left", amber when it is little, "2 days ago" in red when it is over; the exact time on hover. */
export function TimeLeft({
  until,
  littleMs = 7 * DAY_MS,
  focusable = false,
}: {
  /** An ISO 8601 instant. */
  until: string;
  /** Less than this is little. */
  littleMs?: number;
  focusable?: boolean;
}) {
  const t = useTranslations("ui");
  const format = useFormatter();
  const span = useSpan();
  const ago = useAgo();
  const at = new Date(until);
  const left = at.getTime() - useClock(0);
  const exact = t("time.exact", {
    local: format.dateTime(at, "exact"),
    utc: at.toISOString().replace("T", " ").slice(0, 19),
  });
  const text =
    left <= 0
      ? ago(-left)
      : left > NEAR_MS
        ? format.dateTime(at, "dayYear")
        : t("time.left", { span: span(left) });
  return (
    <time
      dateTime={until}
      data-tip={exact}
      {...(focusable && { tabIndex: 0 })}
      suppressHydrationWarning
      className={clsx(
        "rounded-sm whitespace-nowrap",
        left <= 0 ? "text-risk" : left < littleMs && "text-look",
      )}
    >
      {text}
    </time>
  );
}
