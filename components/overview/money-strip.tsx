import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { SpendStats } from "#components/overview/spend-stats.tsx";
import { Strip } from "#components/overview/strip.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Money } from "#components/ui/money.tsx";
import { Stat, StatRow } from "#components/ui/stat.tsx";
import { useSpan } from "#components/ui/use-elapsed-text.ts";
import type { RunwayView } from "#lib/balance/types.ts";
import type { TodaysSpend } from "#lib/overview/types.ts";

const HOUR_MS = 3_600_000;

/** What can still be spent and how long that lasts, and what today has cost. */
export function MoneyStrip({
  runway,
  spend,
}: {
  runway: readonly RunwayView[];
  spend: TodaysSpend;
}) {
  const t = useTranslations("overview");
  return (
    <Strip title={t("money")}>
      <StatRow>
        {runway.length === 0 && (
          <Stat
            label={t("balance.available")}
            value={<span className="text-ink-3">–</span>}
            hint={t("balance.none")}
            href="/balance"
          />
        )}
        {runway.map((one) => (
          <RunwayStat
            key={`${one.supplierId} ${one.currency}`}
            runway={one}
            named={new Set(runway.map(({ supplierId }) => supplierId)).size > 1}
          />
        ))}
        <SpendStats spend={spend} />
      </StatRow>
    </Strip>
  );
}

function RunwayStat({
  runway: { supplierId, supplierName, currency, available, stale, isLow, isCritical, lasts },
  named,
}: {
  runway: RunwayView;
  named: boolean;
}) {
  const t = useTranslations("overview.balance");
  const span = useSpan();
  const time = (hours: number) => span(hours * HOUR_MS);
  const hint =
    lasts === null
      ? t("unspent")
      : lasts.atMost === null
        ? t("atLeast", { time: time(lasts.atLeast) })
        : time(lasts.atLeast) === time(lasts.atMost)
          ? t("about", { time: time(lasts.atLeast) })
          : t("between", { least: time(lasts.atLeast), most: time(lasts.atMost) });
  return (
    <Stat
      label={
        <>
          {named ? t("availableAt", { name: supplierName }) : t("available")}
          {isCritical ? (
            <Badge tone="risk" icon={<TriangleAlert aria-hidden />}>
              {t("critical")}
            </Badge>
          ) : (
            isLow && (
              <Badge tone="look" icon={<TriangleAlert aria-hidden />}>
                {t("low")}
              </Badge>
            )
          )}
          {stale && <Badge tone="look">{t("old")}</Badge>}
        </>
      }
      value={<Money amount={available} currency={currency} />}
      hint={hint}
      href={`/balance?account=${supplierId}:${currency}`}
    />
  );
}
