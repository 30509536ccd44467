import { useTranslations } from "next-intl";
import { deliveryQueryOf } from "#components/deliveries/delivery-list-filter.ts";
import { filterOfJob } from "#components/deliveries/filter-of-job.ts";
import { JobAbout } from "#components/deliveries/job-about.tsx";
import { JobState } from "#components/deliveries/job-state.tsx";
import { StopJobButton } from "#components/deliveries/stop-job-button.tsx";
import { Meter } from "#components/ui/meter.tsx";
import { RowLink, Table, TD, TH, THead, TR } from "#components/ui/table.tsx";
import { TBody } from "#components/ui/table-body.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { JobView } from "#lib/deliveries/read-jobs.ts";

/** Jobs as a table; a row leads to the deliveries it is about. */
export function JobsTable({ rows, mayStop }: { rows: readonly JobView[]; mayStop: boolean }) {
  const t = useTranslations("deliveries.job");
  return (
    <Table label={t("title")}>
      <THead>
        <TH>{t("state.label")}</TH>
        <TH grow>{t("what")}</TH>
        <TH>{t("done")}</TH>
        <TH from="lg">{t("by")}</TH>
        <TH from="xl">{t("reason")}</TH>
        <TH align="end">{t("begun")}</TH>
        <TH align="end" hideLabel>
          {t("stop")}
        </TH>
      </THead>
      <TBody>
        {rows.map((job) => {
          const filter = filterOfJob(job.filter);
          const query = deliveryQueryOf(filter);
          return (
            <TR key={job.id} link>
              <TD phone="side">
                <JobState state={job.state} />
              </TD>
              <TD grow phone="title">
                <RowLink href={`/deliveries${query && `?${query}`}`} className="font-medium">
                  {t(`kind.${job.kind}`)}
                </RowLink>{" "}
                <span className="text-ink-2">
                  <JobAbout filter={filter} endpointName={job.endpointName} />
                </span>
              </TD>
              <TD phone="meta">
                <span
                  className="grid w-40 gap-1 text-xs"
                  {...(job.skipped > 0 && { "data-tip": t("skipped", { count: job.skipped }) })}
                >
                  {t("progress", { count: job.done + job.skipped, total: job.total })}
                  <Meter value={job.done + job.skipped} of={job.total} />
                </span>
              </TD>
              <TD from="lg">
                <span className="block max-w-32 truncate">{job.begunBy}</span>
              </TD>
              <TD from="xl">
                <span className="block max-w-56 truncate text-ink-2">{job.reason ?? "–"}</span>
              </TD>
              <TD align="end" phone="end">
                <RelativeTime at={job.createdAt} focusable={false} />
              </TD>
              <TD align="end" phone="full">
                {mayStop && job.state === "running" && <StopJobButton jobId={job.id} />}
              </TD>
            </TR>
          );
        })}
      </TBody>
    </Table>
  );
}
