"use client";

import { ScrollText, SearchX } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy, Suspense } from "react";
import { ActProblem } from "#components/acts/act-problem.tsx";
import { useAct } from "#components/acts/use-act.ts";
import { AuditChips } from "#components/audit/audit-chips.tsx";
import { AuditFilterMenu } from "#components/audit/audit-filter-menu.tsx";
import {
  auditFilterNames,
  auditQueryOf,
  countFilters,
  readAuditListFilter,
  writeAuditListFilter,
} from "#components/audit/audit-list-filter.ts";
import { AuditTable } from "#components/audit/audit-table.tsx";
import type { AuditView } from "#components/audit/audit-view.ts";
import { ChainNotice } from "#components/audit/chain-notice.tsx";
import { ExportLinks } from "#components/audit/export-links.tsx";
import { LiveRows } from "#components/live/live-rows.tsx";
import { useAddressFilter } from "#components/live/use-address-filter.ts";
import { useLive } from "#components/live/use-live.ts";
import { useSettledList } from "#components/live/use-settled-list.ts";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { KeysetPager } from "#components/ui/keyset-pager.tsx";
import { LiveStamp } from "#components/ui/live-stamp.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Toolbar } from "#components/ui/toolbar.tsx";
import type { AuditRow } from "#lib/audit/types.ts";

const form = { names: auditFilterNames, read: readAuditListFilter, write: writeAuditListFilter };
/** An export leaves nothing old but the log itself, which is told of it. */
const NOTHING = [] as const;

const ProofDialog = lazy(async () => ({
  default: (await import("#components/access/proof-dialog.tsx")).ProofDialog,
}));

/** Who did what, when and from where, newest first; and whether the log is whole. */
export function AuditRoom({
  initial,
  initialQuery,
}: {
  initial: AuditView;
  /** The query string that `initial` answers. */
  initialQuery: string;
}) {
  const t = useTranslations("audit");
  const taking = useAct(NOTHING);
  const control = useAddressFilter(form);
  const { filter, change, clear } = control;
  const query = auditQueryOf(filter);
  const list = useSettledList<AuditRow>({
    topic: "audit",
    path: "/api/live/audit",
    after: filter.after,
    queryOf: (after) => auditQueryOf({ ...filter, after }),
    initial: query === initialQuery ? initial : undefined,
  });
  // The same read as the list's newest page.
  const newest = useLive<AuditView>({
    key: ["audit", query],
    path: `/api/live/audit${query && `?${query}`}`,
    initial: query === initialQuery ? initial : undefined,
  });
  const { chain, may } = newest.data ?? initial;
  const isNarrowed = countFilters(filter) > 0;
  const wanted = auditQueryOf({ ...filter, after: null });
  return (
    <>
      <PageHeader
        title={t("title")}
        meta={<span className="max-md:hidden">{t("intro")}</span>}
        action={may.export && <ExportLinks query={wanted} act={taking} />}
      />
      <Suspense>{taking.proof.asking && <ProofDialog proof={taking.proof} />}</Suspense>
      <div className="grid gap-3 px-gutter pb-3">
        {taking.failure && <ActProblem failure={taking.failure} words="audit" />}
        <ChainNotice chain={chain} />
      </div>
      <Toolbar end={<LiveStamp heardAt={list.heardAt} />}>
        <AuditFilterMenu filter={filter} change={change} />
      </Toolbar>
      {isNarrowed && <AuditChips {...control} />}
      <LiveRows
        label={t("list.label")}
        list={list}
        failed={t("failedToLoad")}
        failedBody={t("failedToLoadBody")}
        empty={
          isNarrowed ? (
            <EmptyState
              icon={<SearchX aria-hidden />}
              title={t("noneFit")}
              action={<Button onClick={clear}>{t("clear")}</Button>}
            />
          ) : (
            <EmptyState icon={<ScrollText aria-hidden />} title={t("none")}>
              {t("noneBody")}
            </EmptyState>
          )
        }
      >
        <AuditTable label={t("list.label")} rows={list.held.rows} busy={list.busy} />
        <KeysetPager
          after={filter.after}
          next={list.next}
          hrefOf={(after) => `/settings/audit?${auditQueryOf({ ...filter, after })}`}
          onGo={(after) => change({ after })}
        />
      </LiveRows>
    </>
  );
}
