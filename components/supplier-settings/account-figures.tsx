"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { AccountView } from "#components/supplier-settings/account-view.ts";
import { isSlowed } from "#components/suppliers/health-of.ts";
import { oneDigit } from "#components/suppliers/number-formats.ts";
import { Meter } from "#components/ui/meter.tsx";
import { Stat, StatRow } from "#components/ui/stat.tsx";
import { useSpan } from "#components/ui/use-elapsed-text.ts";

const percent = { style: "percent", maximumFractionDigits: 1 } as const;

/** How fast it answers, how often it doesn't, how long orders take, and how much it is asked. */
export function AccountFigures({ account: { times, budget } }: { account: AccountView }) {
  const t = useTranslations("supplierSettings.figures");
  const format = useFormatter();
  const span = useSpan();
  const none = <span className="text-ink-3">–</span>;
  const count = (value: number) => format.number(Math.round(value), "count");
  const ms = (value: number) => t("ms", { count: count(value) });
  const seconds = (value: number) =>
    value < 10_000 ? t("seconds", { count: format.number(value / 1_000, oneDigit) }) : span(value);
  const share = times.calls > 0 ? times.failed / times.calls : null;
  const used = budget.calls.reduce((sum, { lastMinute }) => sum + lastMinute, 0);
  return (
    <StatRow>
      <Stat
        label={t("latency")}
        value={times.latencyP50 === null ? none : ms(times.latencyP50)}
        hint={times.latencyP95 === null ? t("noCalls") : t("p95", { time: ms(times.latencyP95) })}
      />
      <Stat
        label={t("errors")}
        value={
          share === null ? (
            none
          ) : (
            <span className={share > 0.05 ? "text-look" : ""}>{format.number(share, percent)}</span>
          )
        }
        hint={t("calls", { count: times.calls })}
      />
      <Stat
        label={t("completion")}
        value={times.completionP50 === null ? none : seconds(times.completionP50)}
        hint={
          times.completionP90 === null || times.completionP95 === null
            ? t("noneCompleted")
            : t("completionMost", {
                p90: seconds(times.completionP90),
                p95: seconds(times.completionP95),
                count: times.completed,
              })
        }
      />
      <Stat
        label={t("budget")}
        value={
          <span className="grid gap-1.5">
            <span>
              {count(used)}
              <span className="text-sm font-normal text-ink-2">
                {" "}
                {t("ofRate", { rate: count(budget.rate) })}
              </span>
            </span>
            <Meter
              value={used}
              of={budget.rate}
              tone={isSlowed(budget) ? "look" : "accent"}
              className="mb-1 max-w-48"
            />
          </span>
        }
        hint={t("most", { most: count(budget.callsPerMinute) })}
      />
    </StatRow>
  );
}
