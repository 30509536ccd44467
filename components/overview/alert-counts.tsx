import { BellOff, UserCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { severityLooks } from "#components/overview/alert-looks.tsx";
import { CountStat, phoneRow } from "#components/overview/count-stat.tsx";
import { severityHref } from "#components/overview/links.ts";
import { Strip } from "#components/overview/strip.tsx";
import { StatRow } from "#components/ui/stat.tsx";
import type { AlertFigures } from "#lib/overview/types.ts";

const COUNTED_UP_TO = 1_000;
const severities = ["critical", "warning", "info"] as const;

/** What waits for a decision, by how bad it is, and what is taken or put off. */
export function AlertCounts({
  figures: { bySeverity, acknowledged, snoozed },
}: {
  figures: AlertFigures;
}) {
  const t = useTranslations("overview.alerts");
  return (
    <Strip title={t("title")}>
      <StatRow className={phoneRow}>
        {severities.map((severity) => (
          <CountStat
            key={severity}
            {...severityLooks[severity]}
            label={t(`severity.${severity}`)}
            count={bySeverity[severity]}
            countedUpTo={COUNTED_UP_TO}
            href={severityHref(severity)}
          />
        ))}
        <CountStat
          icon={<UserCheck aria-hidden />}
          tone="moving"
          label={t("acknowledged")}
          count={acknowledged}
          countedUpTo={COUNTED_UP_TO}
          href="/alerts?state=acknowledged"
        />
        <CountStat
          icon={<BellOff aria-hidden />}
          tone="waiting"
          label={t("snoozed")}
          count={snoozed}
          countedUpTo={COUNTED_UP_TO}
          href="/alerts?state=snoozed"
        />
      </StatRow>
    </Strip>
  );
}
