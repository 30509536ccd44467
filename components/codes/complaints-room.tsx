"use client";

import { CircleCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import {
  complaintFilterNames,
  complaintQueryOf,
  readComplaintFilter,
  writeComplaintFilter,
} from "#components/codes/complaint-list-filter.ts";
import { ComplaintsTable } from "#components/codes/complaints-table.tsx";
import { LiveRows } from "#components/live/live-rows.tsx";
import { useAddressFilter } from "#components/live/use-address-filter.ts";
import { useHeldList } from "#components/live/use-held-list.ts";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { KeysetPager } from "#components/ui/keyset-pager.tsx";
import { Link } from "#components/ui/link.tsx";
import { LiveStamp } from "#components/ui/live-stamp.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import { Toolbar } from "#components/ui/toolbar.tsx";
import type { ComplaintPage, ComplaintRow } from "#lib/codes/types.ts";

const CloseComplaintDialog = lazy(async () => ({
  default: (await import("#components/codes/bad-dialogs.tsx")).CloseComplaintDialog,
}));

const form = {
  names: complaintFilterNames,
  read: readComplaintFilter,
  write: writeComplaintFilter,
};
const idOf = ({ id }: ComplaintRow): string => id;

/** What is held against suppliers, the one whose time runs out first on top. */
export function ComplaintsRoom({
  initial,
  initialQuery,
}: {
  initial: ComplaintPage;
  /** The query string that `initial` answers. */
  initialQuery: string;
}) {
  const t = useTranslations("codes.complaints");
  const { filter, change, clear } = useAddressFilter(form);
  const [closing, setClosing] = useState<ComplaintRow | null>(null);
  const query = complaintQueryOf(filter);
  const list = useHeldList<ComplaintRow, ComplaintPage>({
    key: "complaints",
    path: "/api/live/codes/complaints",
    query,
    initial: query === initialQuery ? initial : undefined,
    idOf,
  });
  const { may } = list.page ?? initial;
  return (
    <>
      <PageHeader
        title={t("title")}
        meta={
          <>
            <span>{t("intro")}</span>
            <Link href="/codes">{t("back")}</Link>
          </>
        }
      />
      <Toolbar end={<LiveStamp heardAt={list.heardAt} />}>
        <SegmentedControl
          label={t("show.label")}
          value={filter.closed ? "closed" : "open"}
          onValueChange={(show) => change({ closed: show === "closed" })}
          options={[
            { value: "open", label: t("show.open") },
            { value: "closed", label: t("show.closed") },
          ]}
        />
      </Toolbar>
      <LiveRows
        label={t("title")}
        list={list}
        failed={t("failed")}
        failedBody={t("failedBody")}
        empty={
          <EmptyState
            icon={<CircleCheck aria-hidden />}
            title={t(filter.closed ? "noneClosed" : "none")}
            {...(filter.closed && { action: <Button onClick={clear}>{t("show.open")}</Button> })}
          >
            {t(filter.closed ? "noneClosedBody" : "noneBody")}
          </EmptyState>
        }
      >
        <ComplaintsTable
          rows={list.held.rows}
          gone={list.held.gone}
          busy={list.busy}
          {...(may.mark && { onClose: setClosing })}
        />
        <KeysetPager
          after={filter.after}
          next={list.next}
          hrefOf={(after) => `/codes/complaints?${complaintQueryOf({ ...filter, after })}`}
          onGo={(after) => change({ after })}
        />
      </LiveRows>
      <Suspense>
        {closing && (
          <CloseComplaintDialog complaintId={closing.id} onClose={() => setClosing(null)} />
        )}
      </Suspense>
    </>
  );
}
