import { CircleCheck, CirclePause, LoaderCircle } from "lucide-react";
import { useTranslations } from "next-intl";
import { StatusBadge } from "#components/ui/status-badge.tsx";
import type { JobView } from "#lib/deliveries/read-jobs.ts";

const looks = {
  running: { tone: "moving", icon: <LoaderCircle aria-hidden /> },
  stopped: { tone: "waiting", icon: <CirclePause aria-hidden /> },
  finished: { tone: "done", icon: <CircleCheck aria-hidden /> },
} as const;

/** How a job is. */
export function JobState({ state }: { state: JobView["state"] }) {
  const t = useTranslations("deliveries.job.state");
  // i18n-use: deliveries.job.state.*
  return <StatusBadge {...looks[state]}>{t(state)}</StatusBadge>;
}
