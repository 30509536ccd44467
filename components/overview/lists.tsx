"use client";

import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { attentionProps } from "#components/live/attention-props.ts";
import { FloatingNewRows } from "#components/live/floating-new-rows.tsx";
import { AlertSection, type AlertTitles } from "#components/overview/alert-section.tsx";
import { listHref, openStates } from "#components/overview/links.ts";
import { OrderSection } from "#components/overview/order-section.tsx";
import { TimesSection } from "#components/overview/times-section.tsx";
import { type Lists, useHeldLists } from "#components/overview/use-held-lists.ts";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { ProductTimes } from "#lib/overview/types.ts";

// A chart library is heavy, and nothing of it is needed to read the page.
const TrendsSection = dynamic(
  async () => (await import("#components/overview/trends-section.tsx")).TrendsSection,
  { ssr: false, loading: () => <Skeleton className="m-6 h-72 rounded-md" /> },
);

/**
 * What is worth knowing one by one: the worst alerts, the orders open longest and those just done, with how
 * it went lately between them.
 * @param seesAlerts whether the reader may
 * @param seesMoney whether the reader may see what was spent
 */
export function OverviewLists({
  now,
  times,
  titles,
  seesAlerts,
  seesMoney,
}: {
  now: Lists;
  times: readonly ProductTimes[];
  titles: AlertTitles;
  seesAlerts: boolean;
  seesMoney: boolean;
}) {
  const t = useTranslations("overview");
  const [attended, setAttended] = useState(false);
  const { lists, waiting, showWaiting } = useHeldLists(now, attended);
  return (
    <div {...attentionProps(setAttended)}>
      <FloatingNewRows count={waiting} onShow={showWaiting} />
      {seesAlerts && <AlertSection rows={lists.alerts} titles={titles} />}
      {seesMoney && <TrendsSection />}
      <OrderSection
        title={t("oldest")}
        rows={lists.oldestOpen}
        none={t("noOpen")}
        all={t("allOpen")}
        href={listHref(openStates)}
      />
      <TimesSection times={times} />
      <OrderSection
        title={t("recent")}
        rows={lists.recentlyDone}
        none={t("noRecent")}
        all={t("allRecent")}
        href={listHref(["completed", "partial"])}
      />
    </div>
  );
}
