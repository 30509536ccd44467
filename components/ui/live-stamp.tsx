"use client";

import { clsx } from "clsx";
import { Radio, Unplug } from "lucide-react";
import { useTranslations } from "next-intl";
import { useClock } from "#components/ui/use-clock.ts";
import { useAgo } from "#components/ui/use-elapsed-text.ts";

/**
 * Says when something live was last heard, and says so in amber once that is too long ago. `ended`
 * is for what has reached its final state: nothing more will come, so nothing is stale.
 */
export function LiveStamp({
  heardAt,
  staleAfterMs = 30_000,
  ended = false,
  className,
}: {
  /** Milliseconds since the epoch (TanStack's `dataUpdatedAt`) or an ISO instant. */
  heardAt: number | string | null;
  staleAfterMs?: number;
  ended?: boolean;
  className?: string;
}) {
  const t = useTranslations("ui");
  const ago = useAgo();
  const heard = heardAt === null ? null : new Date(heardAt).getTime();
  const now = useClock(heard ?? undefined);
  const age = heard === null ? null : Math.max(0, now - heard);
  const stale = !ended && (age === null || age > staleAfterMs);
  const text =
    age === null
      ? t("live.never")
      : t(stale ? "live.stale" : ended ? "live.ended" : "live.heard", { ago: ago(age) });
  return (
    <span
      className={clsx(
        "inline-flex items-center gap-1.5 align-middle text-xs whitespace-nowrap [&_.lucide]:size-3.5",
        stale ? "text-look" : "text-ink-3",
        className,
      )}
    >
      {stale ? <Unplug aria-hidden /> : <Radio aria-hidden />}
      <span suppressHydrationWarning>{text}</span>
    </span>
  );
}
