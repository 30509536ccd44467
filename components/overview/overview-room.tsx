"use client";

import { PackageOpen, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { StaleNotice } from "#components/live/stale-notice.tsx";
import { useLive } from "#components/live/use-live.ts";
import { AlertCounts } from "#components/overview/alert-counts.tsx";
import type { AlertTitles } from "#components/overview/alert-section.tsx";
import { Connections } from "#components/overview/connections.tsx";
import { isQuiet } from "#components/overview/is-quiet.ts";
import { OverviewLists } from "#components/overview/lists.tsx";
import { MoneyStrip } from "#components/overview/money-strip.tsx";
import { OrderCounts } from "#components/overview/order-counts.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LiveStamp } from "#components/ui/live-stamp.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import type { Overview } from "#lib/overview/types.ts";

/** What is moving, what is stuck, and what it costs. */
export function OverviewRoom({
  initial,
  firstDay,
  titles,
  mayPlace,
}: {
  initial: Overview;
  /** No order of any kind was ever placed. */
  firstDay: boolean;
  titles: AlertTitles;
  mayPlace: boolean;
}) {
  const t = useTranslations("overview");
  const live = useLive<Overview>({ key: ["overview"], path: "/api/live/overview", initial });
  const overview = live.data ?? initial;
  const { alerts, oldestOpen, recentlyDone } = overview;
  const empty = firstDay && isQuiet(overview);
  return (
    <>
      <PageHeader
        title={t("title")}
        meta={<LiveStamp heardAt={overview.readAt} />}
        action={
          mayPlace &&
          !empty && (
            <ButtonLink href="/orders/new" variant="primary" icon={<Plus aria-hidden />}>
              {t("new")}
            </ButtonLink>
          )
        }
      />
      <StaleNotice error={live.error} retry={() => void live.refetch()} />
      {!empty && (
        <>
          {alerts && <AlertCounts figures={alerts} />}
          <OrderCounts
            counts={overview.counts}
            finishedSince={overview.finishedSince}
            oldest={oldestOpen[0]}
          />
        </>
      )}
      {overview.spend && overview.runway && (
        <MoneyStrip runway={overview.runway} spend={overview.spend} />
      )}
      {!empty && (
        <Connections suppliers={overview.suppliers ?? []} deliveries={overview.deliveries} />
      )}
      {empty ? (
        <EmptyState
          icon={<PackageOpen aria-hidden />}
          title={t("firstDay")}
          action={
            mayPlace && (
              <ButtonLink href="/orders/new" variant="primary" icon={<Plus aria-hidden />}>
                {t("placeFirst")}
              </ButtonLink>
            )
          }
        >
          {t(mayPlace ? "firstDayBody" : "firstDayBodyViewer")}
        </EmptyState>
      ) : (
        <OverviewLists
          now={{ alerts: alerts?.worst ?? [], oldestOpen, recentlyDone }}
          times={overview.times}
          titles={titles}
          seesAlerts={alerts !== null}
          seesMoney={overview.spend !== null}
        />
      )}
    </>
  );
}
