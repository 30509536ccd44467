import { CircleCheck, CircleSlash, Mail } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { StatusBadge } from "#components/ui/status-badge.tsx";
import type { Tone } from "#components/ui/tone.ts";
import type { PersonStanding } from "#lib/access/people/types.ts";

const looks: Record<PersonStanding, { tone: Tone; icon: ReactNode }> = {
  active: { tone: "done", icon: <CircleCheck aria-hidden /> },
  invited: { tone: "moving", icon: <Mail aria-hidden /> },
  disabled: { tone: "waiting", icon: <CircleSlash aria-hidden /> },
};

/** Whether somebody comes in, is yet to, or may not any more. */
export function StandingBadge({ standing }: { standing: PersonStanding }) {
  // i18n-use: people.standing.*
  const t = useTranslations("people.standing");
  return <StatusBadge {...looks[standing]}>{t(standing)}</StatusBadge>;
}
