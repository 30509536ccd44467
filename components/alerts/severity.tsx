import { clsx } from "clsx";
import { Info, OctagonAlert, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { StatusBadge } from "#components/ui/status-badge.tsx";
import { type Tone, toneSign } from "#components/ui/tone.ts";
import type { AlertSeverity } from "#lib/alerts/types.ts";

const looks: Record<AlertSeverity, { tone: Tone; icon: ReactNode }> = {
  info: { tone: "waiting", icon: <Info aria-hidden /> },
  warning: { tone: "look", icon: <TriangleAlert aria-hidden /> },
  critical: { tone: "risk", icon: <OctagonAlert aria-hidden /> },
};

/** How bad it is: icon and word. */
export function SeverityBadge({
  severity,
  look = "plain",
}: {
  severity: AlertSeverity;
  look?: "plain" | "soft";
}) {
  const t = useTranslations("alerts.severity");
  const { tone, icon } = looks[severity];
  return (
    <StatusBadge tone={tone} icon={icon} look={look}>
      {t(severity)}
    </StatusBadge>
  );
}

/** The same as an icon alone, for rows; its word is on hover and for screen readers. */
export function SeverityMark({
  severity,
  quiet = false,
}: {
  severity: AlertSeverity;
  /** Of what is dealt with: it doesn't call any more. */
  quiet?: boolean;
}) {
  const t = useTranslations("alerts.severity");
  const { tone, icon } = looks[severity];
  return (
    <span
      data-tip={t(severity)}
      className={clsx("inline-flex", quiet ? "text-ink-3" : toneSign[tone])}
    >
      {icon}
      <span className="sr-only">{t(severity)}</span>
    </span>
  );
}
