"use client";

import { useFormatter, useTranslations } from "next-intl";
import { Bar, BarChart, CartesianGrid, Line, LineChart, Tooltip, XAxis, YAxis } from "recharts";
import { ChartFigure } from "#components/ui/chart-figure.tsx";
import { chartAxis, chartBaseline, chartMargin, chartTooltip } from "#components/ui/chart-style.ts";
import type { EndpointHealth } from "#lib/deliveries/endpoint-types.ts";

const SERIES = [
  { key: "accepted", colour: "var(--color-done-solid)" },
  { key: "refused", colour: "var(--color-look-solid)" },
  { key: "failed", colour: "var(--color-risk-solid)" },
] as const;
/** No state, so in no state's colour. */
const LATENCIES = [
  { key: "p50", colour: "var(--color-accent-fill)", dash: undefined },
  { key: "p95", colour: "var(--color-ink-3)", dash: "4 3" },
] as const;

/** Tries by what came of them, and how long those that were accepted took. */
export function HealthChart({ health }: { health: EndpointHealth }) {
  const t = useTranslations("endpoints.health");
  const format = useFormatter();
  const label = (at: string) =>
    format.dateTime(new Date(at), health.range === "24h" ? "time" : "day");
  const exact = (at: unknown) => format.dateTime(new Date(String(at)), "exact");
  const number = (value: number) => format.number(Math.round(value), "count");
  const ms = (value: number) => t("ms", { count: number(value) });
  const axis = (
    <XAxis
      dataKey="at"
      tickFormatter={label}
      {...chartAxis}
      axisLine={chartBaseline}
      minTickGap={28}
    />
  );
  return (
    <div className="grid gap-x-8 gap-y-5 xl:grid-cols-2">
      <ChartFigure
        title={t("tries")}
        keys={SERIES.map(({ key, colour }) => ({ colour, label: t(`outcome.${key}`) }))}
        summary={t("summary", { tries: health.tries, accepted: health.accepted })}
      >
        <BarChart data={health.buckets} margin={chartMargin} accessibilityLayer={false}>
          <CartesianGrid stroke="var(--color-line)" vertical={false} />
          {axis}
          <YAxis
            {...chartAxis}
            axisLine={false}
            width={36}
            allowDecimals={false}
            tickFormatter={number}
          />
          <Tooltip
            {...chartTooltip}
            labelFormatter={exact}
            formatter={(value, name) => [number(Number(value)), t(`outcome.${name as "accepted"}`)]}
          />
          {SERIES.map(({ key, colour }) => (
            <Bar key={key} dataKey={key} stackId="tries" fill={colour} isAnimationActive={false} />
          ))}
        </BarChart>
      </ChartFigure>
      <ChartFigure
        title={t("latency")}
        keys={LATENCIES.map(({ key, colour }) => ({ colour, label: t(`quantile.${key}`) }))}
        summary={t("latencySummary", {
          p50: health.p50 === null ? "–" : ms(health.p50),
          p95: health.p95 === null ? "–" : ms(health.p95),
        })}
      >
        <LineChart data={health.buckets} margin={chartMargin} accessibilityLayer={false}>
          <CartesianGrid stroke="var(--color-line)" vertical={false} />
          {axis}
          <YAxis {...chartAxis} axisLine={false} width={56} tickFormatter={ms} />
          <Tooltip
            {...chartTooltip}
            labelFormatter={exact}
            formatter={(value, name) => [ms(Number(value)), t(`quantile.${name as "p50"}`)]}
          />
          {LATENCIES.map(({ key, colour, dash }) => (
            <Line
              key={key}
              dataKey={key}
              stroke={colour}
              strokeWidth={1.5}
              {...(dash && { strokeDasharray: dash })}
              dot={{ r: 2, fill: colour, stroke: colour, strokeDasharray: "" }}
              isAnimationActive={false}
            />
          ))}
        </LineChart>
      </ChartFigure>
    </div>
  );
}
