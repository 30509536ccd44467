"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import {
  Bar,
  BarChart,
  CartesianGrid,
  Line,
  LineChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import type { EndpointHealth } from "#lib/deliveries/endpoint-types.ts";

const AXIS = { stroke: "var(--color-ink-3)", fontSize: 11, tickLine: false } as const;
const MARGIN = { top: 8, right: 8, bottom: 0, left: 0 };
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
      {...AXIS}
      axisLine={{ stroke: "var(--color-line-strong)" }}
      minTickGap={28}
    />
  );
  return (
    <div className="grid gap-x-8 gap-y-5 xl:grid-cols-2">
      <Figure
        title={t("tries")}
        keys={SERIES.map(({ key, colour }) => ({ colour, label: t(`outcome.${key}`) }))}
        summary={t("summary", { tries: health.tries, accepted: health.accepted })}
      >
        <BarChart data={health.buckets} margin={MARGIN} accessibilityLayer={false}>
          <CartesianGrid stroke="var(--color-line)" vertical={false} />
          {axis}
          <YAxis
            {...AXIS}
            axisLine={false}
            width={36}
            allowDecimals={false}
            tickFormatter={number}
          />
          <Tooltip
            {...tooltip}
            labelFormatter={exact}
            formatter={(value, name) => [number(Number(value)), t(`outcome.${name as "accepted"}`)]}
          />
          {SERIES.map(({ key, colour }) => (
            <Bar key={key} dataKey={key} stackId="tries" fill={colour} isAnimationActive={false} />
          ))}
        </BarChart>
      </Figure>
      <Figure
        title={t("latency")}
        keys={LATENCIES.map(({ key, colour }) => ({ colour, label: t(`quantile.${key}`) }))}
        summary={t("latencySummary", {
          p50: health.p50 === null ? "–" : ms(health.p50),
          p95: health.p95 === null ? "–" : ms(health.p95),
        })}
      >
        <LineChart data={health.buckets} margin={MARGIN} accessibilityLayer={false}>
          <CartesianGrid stroke="var(--color-line)" vertical={false} />
          {axis}
          <YAxis {...AXIS} axisLine={false} width={56} tickFormatter={ms} />
          <Tooltip
            {...tooltip}
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
      </Figure>
    </div>
  );
}

const tooltip = {
  isAnimationActive: false,
  cursor: { fill: "var(--color-hover)", stroke: "var(--color-line-strong)" },
  contentStyle: {
    background: "var(--color-raised)",
    border: "1px solid var(--color-line-strong)",
    borderRadius: 6,
    fontSize: 12,
    padding: "6px 10px",
  },
  labelStyle: { color: "var(--color-ink-2)" },
  itemStyle: { color: "var(--color-ink)", padding: 0 },
} as const;

/** A drawing with its name and what its colours mean; who can't see it is told the sum of it. */
function Figure({
  title,
  keys,
  summary,
  children,
}: {
  title: string;
  keys: readonly { colour: string; label: string }[];
  summary: string;
  children: ReactNode;
}) {
  return (
    <figure className="min-w-0">
      <figcaption className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-1 text-xs text-ink-2">
        <span className="font-medium">{title}</span>
        <span className="sr-only">{summary}</span>
        {keys.map(({ colour, label }) => (
          <span key={label} className="inline-flex items-center gap-1.5">
            <span aria-hidden className="size-2 rounded-sm" style={{ background: colour }} />
            {label}
          </span>
        ))}
      </figcaption>
      <div aria-hidden className="h-48">
        <ResponsiveContainer
          width="100%"
          height="100%"
          initialDimension={{ width: 480, height: 192 }}
        >
          {children}
        </ResponsiveContainer>
      </div>
    </figure>
  );
}
