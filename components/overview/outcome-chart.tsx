"use client";

import { useFormatter, useTranslations } from "next-intl";
import { Bar, BarChart, CartesianGrid, Tooltip, XAxis, YAxis } from "recharts";
import { outcomes } from "#components/overview/outcomes.ts";
import { ChartFigure } from "#components/ui/chart-figure.tsx";
import { chartAxis, chartBaseline, chartMargin, chartTooltip } from "#components/ui/chart-style.ts";
import type { Trends } from "#lib/overview/types.ts";

/** Is it going as usual: how many orders ended how, hour by hour. */
export function OutcomeChart({ hours }: { hours: Trends["hours"] }) {
  const t = useTranslations("overview.trends");
  const format = useFormatter();
  const number = (value: number) => format.number(Math.round(value), "count");
  const sum = (key: (typeof outcomes)[number]["key"]) =>
    hours.reduce((all, hour) => all + hour[key], 0);
  return (
    <ChartFigure
      title={t("outcomes")}
      keys={outcomes.map(({ key, colour }) => ({ colour, label: t(`outcome.${key}`) }))}
      summary={t("outcomesSummary", {
        completed: sum("completed"),
        partial: sum("partial"),
        failed: sum("failed"),
        cancelled: sum("cancelled"),
        refunded: sum("refunded"),
      })}
    >
      <BarChart data={hours} margin={chartMargin} accessibilityLayer={false}>
        <CartesianGrid stroke="var(--color-line)" vertical={false} />
        <XAxis
          dataKey="at"
          tickFormatter={(at: string) => format.dateTime(new Date(at), "time")}
          {...chartAxis}
          axisLine={chartBaseline}
          minTickGap={28}
        />
        <YAxis
          {...chartAxis}
          axisLine={false}
          width={36}
          allowDecimals={false}
          tickFormatter={number}
        />
        <Tooltip
          {...chartTooltip}
          labelFormatter={(at) => format.dateTime(new Date(String(at)), "dayTime")}
          formatter={(value, name) => [number(Number(value)), t(`outcome.${name as "completed"}`)]}
        />
        {outcomes.map(({ key, colour }) => (
          <Bar key={key} dataKey={key} stackId="orders" fill={colour} isAnimationActive={false} />
        ))}
      </BarChart>
    </ChartFigure>
  );
}
