"use client";

import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useClock } from "#components/ui/use-clock.ts";
import { useSpan } from "#components/ui/use-elapsed-text.ts";
import { OVERDUE_AFTER_MS } from "#lib/deliveries/delivery-schedule.ts";

/** "next try in 3 min"; "due now" once it is over; late, and said so, where nothing says why. */
export function NextTry({ at, mayBeLate = true }: { at: string; mayBeLate?: boolean }) {
  const t = useTranslations("deliveries.next");
  const span = useSpan();
  const leftMs = Date.parse(at) - useClock();
  if (mayBeLate && leftMs < -OVERDUE_AFTER_MS) {
    return (
      <span
        suppressHydrationWarning
        className="inline-flex items-center gap-1 text-look [&_.lucide]:size-3.5"
      >
        <TriangleAlert aria-hidden />
        {t("late", { span: span(-leftMs) })}
      </span>
    );
  }
  return (
    <span suppressHydrationWarning>
      {leftMs < 1_000 ? t("due") : t("in", { span: span(leftMs) })}
    </span>
  );
}
