"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { StaleNotice } from "#components/live/stale-notice.tsx";
import { useLive } from "#components/live/use-live.ts";
import { OutcomeChart } from "#components/overview/outcome-chart.tsx";
import { OutcomeTable } from "#components/overview/outcome-table.tsx";
import { SpendChart } from "#components/overview/spend-chart.tsx";
import { SpendTable } from "#components/overview/spend-table.tsx";
import { Section } from "#components/ui/section.tsx";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { Trends } from "#lib/overview/types.ts";

/** Of hours and days; a minute is soon enough. */
const READ_EVERY_MS = 60_000;

/** How orders ended over the day and what they cost over two weeks: drawn, or in numbers. */
export function TrendsSection() {
  const t = useTranslations("overview.trends");
  const [form, setForm] = useState<"chart" | "table">("chart");
  const live = useLive<Trends>({
    key: ["overview_trends"],
    path: "/api/live/overview/trends",
    initial: undefined,
    everyMs: READ_EVERY_MS,
  });
  const trends = live.data;
  return (
    <Section
      title={t("title")}
      action={
        <SegmentedControl
          label={t("form")}
          value={form}
          onValueChange={setForm}
          options={[
            { value: "chart", label: t("chart") },
            { value: "table", label: t("table") },
          ]}
        />
      }
    >
      <StaleNotice error={live.error} retry={() => void live.refetch()} />
      {!trends && !live.error && <Skeleton className="h-54 w-full rounded-md" />}
      {trends && (
        <div className="grid items-start gap-x-8 gap-y-5 xl:grid-cols-2">
          {form === "chart" ? (
            <OutcomeChart hours={trends.hours} />
          ) : (
            <OutcomeTable hours={trends.hours} />
          )}
          {form === "chart" ? <SpendChart trends={trends} /> : <SpendTable trends={trends} />}
        </div>
      )}
    </Section>
  );
}
