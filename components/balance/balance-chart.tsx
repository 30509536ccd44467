"use client";

import { useFormatter, useLocale, useTranslations } from "next-intl";
import { Bar, CartesianGrid, ComposedChart, Line, Tooltip, XAxis, YAxis } from "recharts";
import { ChartFigure } from "#components/ui/chart-figure.tsx";
import { chartAxis, chartBaseline, chartMargin, chartTooltip } from "#components/ui/chart-style.ts";
import { formatDecimalText } from "#components/ui/decimal-text.ts";
import type { BalanceBucket } from "#lib/balance/types.ts";
import { add } from "#lib/platform/money.ts";

const SERIES = {
  available: "var(--color-accent-fill)",
  spent: "var(--color-ink-3)",
  toppedUp: "var(--color-done-solid)",
} as const;
type Serie = keyof typeof SERIES;

/** What was available, with what orders took and top-ups brought marked where they happened. */
export function BalanceChart({
  buckets,
  currency,
  hours,
}: {
  buckets: readonly BalanceBucket[];
  currency: string;
  hours: number;
}) {
  const t = useTranslations("balance.chart");
  const format = useFormatter();
  const locale = useLocale();
  const money = (amount: string) =>
    `${formatDecimalText(amount, locale, { minimum: 2, maximum: 4 })} ${currency}`;
  // A drawing needs numbers; what is read off it is the text beside them.
  const data = buckets.map((bucket) => ({
    at: bucket.at,
    available: Number(bucket.available),
    spent: Number(bucket.spent),
    toppedUp: Number(bucket.toppedUp),
    text: bucket,
  }));
  const spent = add("0", ...buckets.map((bucket) => bucket.spent));
  const orders = buckets.reduce((sum, bucket) => sum + bucket.orders, 0);
  return (
    <ChartFigure
      title={t("title")}
      keys={(Object.keys(SERIES) as Serie[]).map((key) => ({
        colour: SERIES[key],
        label: t(key),
      }))}
      summary={t("summary", {
        available: money(buckets.at(-1)?.available ?? "0"),
        spent: money(spent),
        orders,
      })}
    >
      <ComposedChart data={data} margin={chartMargin} accessibilityLayer={false}>
        <CartesianGrid stroke="var(--color-line)" vertical={false} />
        <XAxis
          dataKey="at"
          tickFormatter={(at: string) =>
            format.dateTime(new Date(at), hours === 24 ? "time" : "day")
          }
          {...chartAxis}
          axisLine={chartBaseline}
          minTickGap={28}
        />
        <YAxis
          {...chartAxis}
          axisLine={false}
          width={56}
          tickFormatter={(value: number) => format.number(value, { notation: "compact" })}
        />
        <Tooltip
          {...chartTooltip}
          labelFormatter={(at) => format.dateTime(new Date(String(at)), "exact")}
          formatter={(_value, name, { payload }) => [
            money((payload as (typeof data)[number]).text[name as Serie]),
            t(name as Serie),
          ]}
        />
        <Bar dataKey="spent" fill={SERIES.spent} isAnimationActive={false} />
        <Bar dataKey="toppedUp" fill={SERIES.toppedUp} isAnimationActive={false} />
        <Line
          dataKey="available"
          type="stepAfter"
          stroke={SERIES.available}
          strokeWidth={1.5}
          dot={false}
          isAnimationActive={false}
        />
      </ComposedChart>
    </ChartFigure>
  );
}
