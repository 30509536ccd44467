"use client";

import { ListRestart } from "lucide-react";
import { useTranslations } from "next-intl";
import { JobsTable } from "#components/deliveries/jobs-table.tsx";
import { StaleNotice } from "#components/live/stale-notice.tsx";
import { useLive } from "#components/live/use-live.ts";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Link } from "#components/ui/link.tsx";
import { LiveStamp } from "#components/ui/live-stamp.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import type { JobList } from "#lib/deliveries/read-jobs.ts";

/** What was done to many deliveries at once, and how far it is. */
export function JobsRoom({ initial }: { initial: JobList }) {
  const t = useTranslations("deliveries.job");
  const live = useLive<JobList>({
    key: ["delivery_jobs"],
    path: "/api/live/deliveries/jobs",
    initial,
  });
  const { rows, may, readAt } = live.data ?? initial;
  return (
    <>
      <PageHeader
        title={t("title")}
        meta={
          <>
            <span className="max-md:hidden">{t("intro")}</span>
            <Link href="/deliveries">{t("back")}</Link>
            <LiveStamp heardAt={readAt} />
          </>
        }
      />
      <StaleNotice error={live.error} retry={() => void live.refetch()} />
      {rows.length === 0 ? (
        <EmptyState
          icon={<ListRestart aria-hidden />}
          title={t("none")}
          action={<ButtonLink href="/deliveries">{t("back")}</ButtonLink>}
        >
          {t("noneBody")}
        </EmptyState>
      ) : (
        <JobsTable rows={rows} mayStop={may.send} />
      )}
    </>
  );
}
