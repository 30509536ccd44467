"use client";

import { PackageOpen, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy, Suspense } from "react";
import { BalanceStrip } from "#components/balance/balance-strip.tsx";
import { StaleNotice } from "#components/live/stale-notice.tsx";
import { useLive } from "#components/live/use-live.ts";
import { Counts } from "#components/overview/counts.tsx";
import { isQuiet } from "#components/overview/is-quiet.ts";
import { OrderSections } from "#components/overview/order-sections.tsx";
import type { OverviewView } from "#components/overview/overview-view.ts";
import { Strip } from "#components/overview/strip.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LiveStamp } from "#components/ui/live-stamp.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import type { BalancePage } from "#lib/balance/types.ts";

// Most days there is none.
const SystemSignals = lazy(async () => ({
  default: (await import("#components/overview/system-signals.tsx")).SystemSignals,
}));

/** What is moving, what is stuck, and what can still be spent. */
export function OverviewRoom({
  initial,
  firstDay,
  balance,
  mayPlace,
}: {
  initial: OverviewView;
  /** No order of any kind was ever placed. */
  firstDay: boolean;
  /** Null for whoever may not see it. */
  balance: BalancePage | null;
  mayPlace: boolean;
}) {
  const t = useTranslations("overview");
  const live = useLive<OverviewView>({ key: ["overview"], path: "/api/live/overview", initial });
  const overview = live.data ?? initial;
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
      <Suspense>
        {overview.system.length > 0 && <SystemSignals signals={overview.system} />}
      </Suspense>
      {!empty && <Counts counts={overview.counts} attention={overview.attentionCount} />}
      {balance && (
        <Strip title={t("balance")}>
          <BalanceStrip initial={balance} />
        </Strip>
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
        <OrderSections now={overview} />
      )}
    </>
  );
}
