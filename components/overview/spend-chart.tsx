"use client";

import { useFormatter, useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Bar, BarChart, CartesianGrid, Tooltip, XAxis, YAxis } from "recharts";
import { ChartFigure } from "#components/ui/chart-figure.tsx";
import { chartAxis, chartBaseline, chartMargin, chartTooltip } from "#components/ui/chart-style.ts";
import { formatDecimalText } from "#components/ui/decimal-text.ts";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import type { Trends } from "#lib/overview/types.ts";

/** A control has room for no more. */
const CURRENCIES = 4;

/** What do the days cost: one currency at a time, since amounts of two can't be compared. */
export function SpendChart({ trends: { days, currencies } }: { trends: Trends }) {
  const t = useTranslations("overview.trends");
  const format = useFormatter();
  const locale = useLocale();
  const [chosen, setChosen] = useState<string | null>(null);
  const currency = currencies.find((one) => one === chosen) ?? currencies[0];
  if (!currency) return <p className="text-ink-2">{t("noSpend")}</p>;
  const money = (amount: string) =>
    `${formatDecimalText(amount, locale, { minimum: 2, maximum: 4 })} ${currency}`;
  // A drawing needs numbers; what is read off it is the text beside them.
  const data = days.map(({ at, spent }) => ({
    at,
    amount: Number(spent[currency] ?? "0"),
    text: money(spent[currency] ?? "0"),
  }));
  const today = data.at(-1)?.text ?? money("0");
  return (
    <div className="grid min-w-0 gap-3">
      <ChartFigure
        title={t("spend", { currency })}
        keys={[]}
        summary={t("spendSummary", { today })}
      >
        <BarChart data={data} margin={chartMargin} accessibilityLayer={false}>
          <CartesianGrid stroke="var(--color-line)" vertical={false} />
          <XAxis
            dataKey="at"
            tickFormatter={(at: string) => format.dateTime(new Date(at), "day")}
            {...chartAxis}
            axisLine={chartBaseline}
            minTickGap={20}
          />
          <YAxis
            {...chartAxis}
            axisLine={false}
            width={56}
            tickFormatter={(value: number) => format.number(value, { notation: "compact" })}
          />
          <Tooltip
            {...chartTooltip}
            labelFormatter={(at) => format.dateTime(new Date(String(at)), "dayYear")}
            formatter={(_value, _name, { payload }) => [
              (payload as (typeof data)[number]).text,
              t("spent"),
            ]}
          />
          <Bar dataKey="amount" fill="var(--color-accent-fill)" isAnimationActive={false} />
        </BarChart>
      </ChartFigure>
      {currencies.length > 1 && (
        <SegmentedControl
          label={t("currency")}
          value={currency}
          onValueChange={setChosen}
          options={currencies.slice(0, CURRENCIES).map((value) => ({ value, label: value }))}
        />
      )}
    </div>
  );
}
