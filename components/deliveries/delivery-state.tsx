import { Ban, CircleCheck, CircleX, Clock, Send } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { StatusBadge } from "#components/ui/status-badge.tsx";
import type { Tone } from "#components/ui/tone.ts";
import type { DeliveryState } from "#lib/deliveries/lifecycle.ts";

const looks: Record<DeliveryState | "sending", { tone: Tone; icon: ReactNode }> = {
  pending: { tone: "waiting", icon: <Clock aria-hidden /> },
  sending: { tone: "moving", icon: <Send aria-hidden /> },
  success: { tone: "done", icon: <CircleCheck aria-hidden /> },
  failed: { tone: "risk", icon: <CircleX aria-hidden /> },
  not_apply: { tone: "waiting", icon: <Ban aria-hidden /> },
};

/** Where a delivery stands, with what that means on hover. */
export function DeliveryStateBadge({
  state,
  isTrying = false,
  look = "plain",
}: {
  state: DeliveryState;
  /** A try of it is under way. */
  isTrying?: boolean;
  look?: "plain" | "soft";
}) {
  const t = useTranslations("deliveries.state");
  const shown = state === "pending" && isTrying ? "sending" : state;
  const { tone, icon } = looks[shown];
  return (
    <span data-tip={t(`${shown}.tip`)} className="inline-flex align-middle">
      <StatusBadge tone={tone} icon={icon} look={look}>
        {t(`${shown}.word`)}
      </StatusBadge>
    </span>
  );
}
