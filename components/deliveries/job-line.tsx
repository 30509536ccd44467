"use client";

import { useTranslations } from "next-intl";
import { filterOfJob } from "#components/deliveries/filter-of-job.ts";
import { JobAbout } from "#components/deliveries/job-about.tsx";
import { JobState } from "#components/deliveries/job-state.tsx";
import { StopJobButton } from "#components/deliveries/stop-job-button.tsx";
import { Meter } from "#components/ui/meter.tsx";
import type { JobView } from "#lib/deliveries/read-jobs.ts";

/** One job: what it does to which deliveries, how far it is, and the way to stop it. */
export function JobLine({ job, mayStop }: { job: JobView; mayStop: boolean }) {
  const t = useTranslations("deliveries.job");
  const { kind, done, skipped, total, state } = job;
  return (
    <li className="px-gutter flex flex-wrap items-center gap-x-4 gap-y-1.5 border-b border-line py-2">
      <span className="grid min-w-0 flex-1 basis-72 gap-0.5">
        <span className="flex flex-wrap items-center gap-x-3">
          <span className="font-medium">{t(`kind.${kind}`)}</span>
          <JobState state={state} />
        </span>
        <span className="truncate text-xs text-ink-2">
          <JobAbout filter={filterOfJob(job.filter)} endpointName={job.endpointName} />
        </span>
      </span>
      <span className="grid w-56 gap-1 text-xs max-md:w-full">
        <span className="flex justify-between gap-2">
          <span>{t("progress", { count: done + skipped, total })}</span>
          {skipped > 0 && <span className="text-ink-3">{t("skipped", { count: skipped })}</span>}
        </span>
        <Meter value={done + skipped} of={total} />
      </span>
      {mayStop && state === "running" && <StopJobButton jobId={job.id} />}
    </li>
  );
}
