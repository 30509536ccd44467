"use client";

import { useTranslations } from "next-intl";
import { lazy, Suspense } from "react";
import { useLive } from "#components/live/use-live.ts";
import { useClock } from "#components/ui/use-clock.ts";
import type { JobList } from "#lib/deliveries/read-jobs.ts";

// Most of the time there is none.
const JobLine = lazy(async () => ({
  default: (await import("#components/deliveries/job-line.tsx")).JobLine,
}));

/** What has ended stays for so long, so that whoever waited for it sees it end. */
const SHOWN_AFTER_MS = 2 * 60_000;

/** Jobs that run, and how far they are; nothing while there is none. */
export function JobsStrip({ initial }: { initial: JobList }) {
  const t = useTranslations("deliveries.job");
  const { data = initial } = useLive<JobList>({
    key: ["delivery_jobs"],
    path: "/api/live/deliveries/jobs",
    initial,
  });
  const now = useClock();
  const shown = data.rows.filter(
    ({ endedAt }) => endedAt === null || now - Date.parse(endedAt) < SHOWN_AFTER_MS,
  );
  if (shown.length === 0) return null;
  return (
    <Suspense>
      <ul aria-label={t("title")} className="mb-3 grid border-t border-line">
        {shown.map((job) => (
          <JobLine key={job.id} job={job} mayStop={data.may.send} />
        ))}
      </ul>
    </Suspense>
  );
}
