"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { TimelineEntry } from "#components/orders/timeline-entry.tsx";
import { Button } from "#components/ui/button.tsx";
import { useClock } from "#components/ui/use-clock.ts";
import { useAgo } from "#components/ui/use-elapsed-text.ts";
import type { TimelineView } from "#lib/orders/types.ts";

/** What happened over and over, told once by how it ended each time; each of them when asked for. */
export function TimelineRun({
  entries,
  times,
  startedAt,
}: {
  entries: TimelineView[];
  times: number;
  startedAt: string;
}) {
  const t = useTranslations("orders.timeline");
  const ago = useAgo();
  const [open, setOpen] = useState(false);
  const last = entries.at(-1);
  const ended = entries[entries.length / times - 1];
  const lastMs = Date.parse(last?.at ?? startedAt);
  const now = useClock(lastMs);
  if (open) {
    return entries.map((entry) => (
      <TimelineEntry key={entry.id} entry={entry} startedAt={startedAt} />
    ));
  }
  if (!ended) return null;
  return (
    <TimelineEntry entry={ended} startedAt={startedAt}>
      <p className="flex flex-wrap items-center gap-x-3 pt-1">
        <span suppressHydrationWarning>{t("run", { times, ago: ago(now - lastMs) })}</span>
        <Button size="sm" variant="ghost" onClick={() => setOpen(true)}>
          {t("each")}
        </Button>
      </p>
    </TimelineEntry>
  );
}
