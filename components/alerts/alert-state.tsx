import { CircleCheck, CircleDot, Clock, Eye } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { StatusBadge } from "#components/ui/status-badge.tsx";
import type { Tone } from "#components/ui/tone.ts";
import type { AlertState } from "#lib/alerts/types.ts";

const looks: Record<AlertState, { tone: Tone; icon: ReactNode }> = {
  open: { tone: "look", icon: <CircleDot aria-hidden /> },
  acknowledged: { tone: "moving", icon: <Eye aria-hidden /> },
  snoozed: { tone: "waiting", icon: <Clock aria-hidden /> },
  resolved: { tone: "done", icon: <CircleCheck aria-hidden /> },
};

/** Where an alert stands, with what that means on hover. */
export function AlertStateBadge({
  state,
  look = "plain",
}: {
  state: AlertState;
  look?: "plain" | "soft";
}) {
  const t = useTranslations("alerts.state");
  const { tone, icon } = looks[state];
  return (
    <span data-tip={t(`${state}.tip`)} className="inline-flex align-middle">
      <StatusBadge tone={tone} icon={icon} look={look}>
        {t(`${state}.word`)}
      </StatusBadge>
    </span>
  );
}
