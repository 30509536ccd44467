"use client";

import { useTranslations } from "next-intl";
import { Lasts } from "#components/balance/lasts.tsx";
import { StaleBadge } from "#components/balance/stale-badge.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Money } from "#components/ui/money.tsx";
import { Stat, StatRow } from "#components/ui/stat.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { RunwayView } from "#lib/balance/types.ts";

/** What there is, what of it is promised, and how long the rest lasts. */
export function AccountFigures({ account }: { account: RunwayView }) {
  const t = useTranslations("balance");
  const { currency, available, committed, free, isLow, isCritical } = account;
  return (
    <StatRow>
      <Stat
        label={
          <>
            {t("available")}
            {account.stale && <StaleBadge />}
            {isCritical ? (
              <Badge tone="risk">{t("critical")}</Badge>
            ) : (
              isLow && <Badge tone="look">{t("low")}</Badge>
            )}
          </>
        }
        value={<Money amount={available} currency={currency} />}
        hint={
          <>
            {t("read")} <RelativeTime at={account.sampledAt} focusable={false} />
            <Lines account={account} />
          </>
        }
      />
      <Stat
        label={t("committed")}
        value={<Money amount={committed} currency={currency} />}
        hint={t("committedHint")}
      />
      <Stat
        label={t("free")}
        value={<Money amount={free} currency={currency} />}
        hint={t("freeHint")}
      />
      <Stat label={t("runway")} value={<Lasts lasts={account.lasts} />} />
    </StatRow>
  );
}

/** From when on somebody is told. */
function Lines({ account: { currency, lowAt, criticalAt } }: { account: RunwayView }) {
  const t = useTranslations("balance");
  if (lowAt === null) return null;
  const low = () => <Money amount={lowAt} currency={currency} />;
  return (
    <span className="block">
      {criticalAt === null
        ? t.rich("lowBelow", { low })
        : t.rich("linesBelow", {
            low,
            critical: () => <Money amount={criticalAt} currency={currency} />,
          })}
    </span>
  );
}
