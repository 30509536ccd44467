"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { foldMiddle, foldRuns, type Part } from "#components/orders/fold-timeline.ts";
import { TimelineEntry } from "#components/orders/timeline-entry.tsx";
import { TimelineRun } from "#components/orders/timeline-run.tsx";
import { Button } from "#components/ui/button.tsx";
import { Section } from "#components/ui/section.tsx";
import { Timeline } from "#components/ui/timeline.tsx";
import type { TimelineView } from "#lib/orders/types.ts";

/** Everything that happened, oldest first: what is new is put below and moves nothing. */
export function OrderTimeline({
  timeline,
  startedAt,
}: {
  timeline: TimelineView[];
  /** When the order was placed, ISO. */
  startedAt: string;
}) {
  const t = useTranslations("orders.timeline");
  const [all, setAll] = useState(false);
  const { beginning, between, end } = foldMiddle(foldRuns(timeline));
  const entries = (parts: Part[]) =>
    parts.map((part) =>
      part.kind === "run" ? (
        <TimelineRun key={part.entries[0]?.id} {...part} startedAt={startedAt} />
      ) : (
        <TimelineEntry key={part.entry.id} entry={part.entry} startedAt={startedAt} />
      ),
    );
  return (
    <Section title={t("title")}>
      <div className="grid max-w-200">
        <Timeline label={t("title")}>
          {entries(beginning)}
          {between.length > 0 &&
            (all ? (
              entries(between)
            ) : (
              <li className="pb-4 pl-8">
                <Button size="sm" onClick={() => setAll(true)}>
                  {t("earlier", { count: between.length })}
                </Button>
              </li>
            ))}
          {entries(end)}
        </Timeline>
      </div>
    </Section>
  );
}
