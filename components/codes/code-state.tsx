import {
  CalendarX,
  CircleDashed,
  CircleX,
  Hourglass,
  Lock,
  PackageCheck,
  RefreshCw,
} from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { StatusBadge } from "#components/ui/status-badge.tsx";
import type { Tone } from "#components/ui/tone.ts";
import type { CodeState } from "#lib/codes/lifecycle.ts";

export const codeStateLooks: Record<CodeState, { tone: Tone; icon: ReactNode }> = {
  available: { tone: "waiting", icon: <CircleDashed aria-hidden /> },
  reserved: { tone: "moving", icon: <Hourglass aria-hidden /> },
  handed_out: { tone: "done", icon: <PackageCheck aria-hidden /> },
  bad: { tone: "risk", icon: <CircleX aria-hidden /> },
  replaced: { tone: "done", icon: <RefreshCw aria-hidden /> },
  expired: { tone: "look", icon: <CalendarX aria-hidden /> },
  withheld: { tone: "risk", icon: <Lock aria-hidden /> },
};

/** Where a code stands, with what that means on hover. */
export function CodeStateBadge({
  state,
  look = "plain",
}: {
  state: CodeState;
  look?: "plain" | "soft";
}) {
  const t = useTranslations("codes.state");
  const { tone, icon } = codeStateLooks[state];
  return (
    <span data-tip={t(`${state}.tip`)} className="inline-flex align-middle">
      <StatusBadge tone={tone} icon={icon} look={look}>
        {t(`${state}.word`)}
      </StatusBadge>
    </span>
  );
}
