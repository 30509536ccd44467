"use client";

import { useQueryClient } from "@tanstack/react-query";
import { ListRestart, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useEffect, useState } from "react";
import { DeliveriesTable } from "#components/deliveries/deliveries-table.tsx";
import { DeliveryFilterMenu } from "#components/deliveries/delivery-filter-menu.tsx";
import {
  deliveryFilterNames,
  deliveryQueryOf,
  isNarrowed,
  readDeliveryFilter,
  writeDeliveryFilter,
} from "#components/deliveries/delivery-list-filter.ts";
import { JobsStrip } from "#components/deliveries/jobs-strip.tsx";
import { LiveRows } from "#components/live/live-rows.tsx";
import { useAddressFilter } from "#components/live/use-address-filter.ts";
import { useSettledList } from "#components/live/use-settled-list.ts";
import { Button } from "#components/ui/button.tsx";
import { KeysetPager } from "#components/ui/keyset-pager.tsx";
import { Link } from "#components/ui/link.tsx";
import { LiveStamp } from "#components/ui/live-stamp.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { SearchBox } from "#components/ui/search-box.tsx";
import { Toolbar } from "#components/ui/toolbar.tsx";
import type { DeliveryPage, DeliveryRow } from "#lib/deliveries/read-deliveries.ts";
import type { EndpointNames } from "#lib/deliveries/read-endpoint-names.ts";
import type { JobList } from "#lib/deliveries/read-jobs.ts";

// Rendered with the page where there is a need, but their code comes after.
const DeliveryChips = lazy(async () => ({
  default: (await import("#components/deliveries/delivery-chips.tsx")).DeliveryChips,
}));
const NoDeliveries = lazy(async () => ({
  default: (await import("#components/deliveries/no-deliveries.tsx")).NoDeliveries,
}));
// Fetched while the page is read, before anybody asks for it.
const loadDialog = async () => ({
  default: (await import("#components/deliveries/job-dialog.tsx")).JobDialog,
});
const JobDialog = lazy(loadDialog);

const form = {
  names: deliveryFilterNames,
  read: readDeliveryFilter,
  write: writeDeliveryFilter,
};

/** What was told to whom, newest first, and what is done to many at once. */
export function DeliveriesRoom({
  initial,
  initialQuery,
  initialJobs,
}: {
  initial: DeliveryPage;
  /** The query string that `initial` answers. */
  initialQuery: string;
  initialJobs: JobList;
}) {
  const t = useTranslations("deliveries");
  const control = useAddressFilter(form);
  const { filter, change, clear } = control;
  const [asking, setAsking] = useState(false);
  const list = useSettledList<DeliveryRow>({
    topic: "deliveries",
    path: "/api/live/deliveries",
    after: filter.after,
    queryOf: (after) => deliveryQueryOf({ ...filter, after }),
    initial: deliveryQueryOf(filter) === initialQuery ? initial : undefined,
  });
  const { may } = initial;
  const names = useQueryClient().getQueryData<EndpointNames>(["endpoints", "names"]);
  const known = [...list.held.rows, ...initial.rows].flatMap(({ endpoint }) => endpoint ?? []);
  const isMeant = ({ id }: { id: string }) => id === filter.endpoint;
  const endpointName = (names?.rows.find(isMeant) ?? known.find(isMeant))?.name ?? null;

  useEffect(() => {
    if (may.send) void loadDialog();
  }, [may.send]);

  return (
    <>
      <PageHeader
        title={t("title")}
        meta={
          <>
            <span className="max-md:hidden">{t("intro")}</span>
            <Link href="/deliveries/jobs">{t("jobs")}</Link>
          </>
        }
        action={
          may.send && (
            <Button icon={<ListRestart aria-hidden />} onClick={() => setAsking(true)}>
              {t("many")}
            </Button>
          )
        }
      />
      <JobsStrip initial={initialJobs} />
      <Toolbar end={<LiveStamp heardAt={list.heardAt} />}>
        <SearchBox
          label={t("search")}
          placeholder={t("searchHint")}
          value={filter.search}
          // Typing on changes the same entry of the history; the way back leads to before it.
          onSearch={(search) =>
            change({ search }, { replace: filter.search !== "" && search !== "" })
          }
        />
        <Button
          icon={<TriangleAlert aria-hidden />}
          aria-pressed={filter.attention}
          onClick={() => change({ attention: !filter.attention })}
          className="aria-pressed:border-look-line aria-pressed:bg-look-soft aria-pressed:text-look"
        >
          {t("attention")}
        </Button>
        <DeliveryFilterMenu filter={filter} change={change} />
      </Toolbar>
      <Suspense>
        {isNarrowed(filter) && <DeliveryChips {...control} endpointName={endpointName} />}
      </Suspense>
      <LiveRows
        label={t("list")}
        list={list}
        failed={t("failedToLoad")}
        failedBody={t("failedToLoadBody")}
        empty={
          <Suspense>
            <NoDeliveries filter={filter} clear={clear} />
          </Suspense>
        }
      >
        <DeliveriesTable
          label={t("list")}
          rows={list.held.rows}
          gone={list.held.gone}
          busy={list.busy}
        />
        <KeysetPager
          after={filter.after}
          next={list.next}
          hrefOf={(after) => `/deliveries?${deliveryQueryOf({ ...filter, after })}`}
          onGo={(after) => change({ after })}
        />
      </LiveRows>
      <Suspense>
        {asking && (
          <JobDialog
            filter={{ ...filter, after: null }}
            endpointName={endpointName}
            onClose={() => setAsking(false)}
          />
        )}
      </Suspense>
    </>
  );
}
