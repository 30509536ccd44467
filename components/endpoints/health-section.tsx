"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { ErrorKindWords } from "#components/endpoints/error-kind-words.tsx";
import { HealthChart } from "#components/endpoints/health-chart.tsx";
import { HealthTable } from "#components/endpoints/health-table.tsx";
import { StaleNotice } from "#components/live/stale-notice.tsx";
import { useLive } from "#components/live/use-live.ts";
import { Section } from "#components/ui/section.tsx";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import type { EndpointHealth, HealthRange } from "#lib/deliveries/endpoint-types.ts";

/** Dear to count; a minute is soon enough. */
const READ_EVERY_MS = 60_000;
const RANGES: readonly HealthRange[] = ["24h", "7d"];

/** How tries went over a day or a week: drawn, or in numbers. */
export function HealthSection({ id, initial }: { id: string; initial: EndpointHealth }) {
  const t = useTranslations("endpoints.health");
  const [range, setRange] = useState<HealthRange>(initial.range);
  const [form, setForm] = useState<"chart" | "table">("chart");
  const live = useLive<EndpointHealth>({
    key: ["endpoint_health", id, range],
    path: `/api/live/endpoints/${id}/health?range=${range}`,
    initial: range === initial.range ? initial : undefined,
    everyMs: READ_EVERY_MS,
  });
  const health = live.data ?? initial;
  const none = health.buckets.every(
    ({ accepted, refused, failed }) => !accepted && !refused && !failed,
  );
  return (
    <Section
      title={t("title")}
      action={
        <div className="flex flex-wrap gap-2">
          <SegmentedControl
            label={t("range")}
            value={range}
            onValueChange={setRange}
            options={RANGES.map((value) => ({ value, label: t(`ranges.${value}`) }))}
          />
          <SegmentedControl
            label={t("form")}
            value={form}
            onValueChange={setForm}
            options={[
              { value: "chart", label: t("chart") },
              { value: "table", label: t("table") },
            ]}
          />
        </div>
      }
    >
      <StaleNotice error={live.error} retry={() => void live.refetch()} />
      {none ? (
        <p className="text-ink-2">{t("none")}</p>
      ) : (
        <div
          aria-busy={live.isPlaceholderData}
          className={
            live.isPlaceholderData ? "opacity-60 transition-opacity" : "transition-opacity"
          }
        >
          {form === "chart" ? <HealthChart health={health} /> : <HealthTable health={health} />}
          {health.isCapped && <p className="mt-2 text-xs text-ink-3">{t("capped")}</p>}
          {health.errors.length > 0 && <Errors health={health} />}
        </div>
      )}
    </Section>
  );
}

function Errors({ health }: { health: EndpointHealth }) {
  const t = useTranslations("endpoints.health");
  return (
    <div className="mt-4 grid max-w-prose gap-1">
      <h3 className="text-xs font-medium text-ink-2">{t("errors")}</h3>
      <ul className="grid gap-1">
        {health.errors.map(({ kind, count }) => (
          <li key={kind} className="flex justify-between gap-4 border-b border-line pb-1">
            <span>
              <ErrorKindWords kind={kind} />
            </span>
            <span className="text-ink-2">{t("times", { count })}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
