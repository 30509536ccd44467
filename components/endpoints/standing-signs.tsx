"use client";

import {
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleOff,
  CirclePause,
  CircleX,
  Clock,
} from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { type Standing, standingOf } from "#components/endpoints/standing-of.ts";
import { StatusBadge } from "#components/ui/status-badge.tsx";
import type { Tone } from "#components/ui/tone.ts";
import { useClock } from "#components/ui/use-clock.ts";
import type { EndpointStanding } from "#lib/deliveries/endpoint-types.ts";

const signs: Record<Standing, { tone: Tone; icon: ReactNode }> = {
  well: { tone: "done", icon: <CircleCheck aria-hidden /> },
  untried: { tone: "waiting", icon: <CircleDashed aria-hidden /> },
  wavering: { tone: "look", icon: <CircleAlert aria-hidden /> },
  resting: { tone: "look", icon: <Clock aria-hidden /> },
  failing: { tone: "risk", icon: <CircleX aria-hidden /> },
  paused: { tone: "look", icon: <CirclePause aria-hidden /> },
  disabled: { tone: "risk", icon: <CircleOff aria-hidden /> },
};

/** How an endpoint is, in a word. */
export function StandingBadge({
  endpoint,
  look = "plain",
}: {
  endpoint: EndpointStanding;
  look?: "plain" | "soft";
}) {
  const t = useTranslations("endpoints.standing");
  const standing = standingOf(endpoint, useClock());
  const { tone, icon } = signs[standing];
  return (
    <span suppressHydrationWarning>
      <StatusBadge tone={tone} icon={icon} look={look}>
        {t(`${standing}.word`)}
      </StatusBadge>
    </span>
  );
}
