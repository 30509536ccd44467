import { CircleAlert, CircleCheck, CircleOff, CircleX, Clock, FileQuestion } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { StatusBadge } from "#components/ui/status-badge.tsx";
import type { Tone } from "#components/ui/tone.ts";
import type { InboxState } from "#lib/inbound/types.ts";

const looks: Record<InboxState, { tone: Tone; icon: ReactNode }> = {
  waiting: { tone: "waiting", icon: <Clock aria-hidden /> },
  done: { tone: "done", icon: <CircleCheck aria-hidden /> },
  ignored: { tone: "waiting", icon: <CircleOff aria-hidden /> },
  unmatched: { tone: "look", icon: <FileQuestion aria-hidden /> },
  unreadable: { tone: "risk", icon: <CircleAlert aria-hidden /> },
  failed: { tone: "risk", icon: <CircleX aria-hidden /> },
};

/** What became of a message, with what that means on hover. */
export function MessageStateBadge({
  state,
  look = "plain",
}: {
  state: InboxState;
  look?: "plain" | "soft";
}) {
  const t = useTranslations("inbox.state");
  const { tone, icon } = looks[state];
  return (
    <span data-tip={t(`${state}.tip`)} className="inline-flex align-middle">
      <StatusBadge tone={tone} icon={icon} look={look}>
        {t(`${state}.word`)}
      </StatusBadge>
    </span>
  );
}
