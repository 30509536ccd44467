"use client";

import { Plus, Webhook } from "lucide-react";
import { useTranslations } from "next-intl";
import { EndpointsTable } from "#components/endpoints/endpoints-table.tsx";
import { StaleNotice } from "#components/live/stale-notice.tsx";
import { useLive } from "#components/live/use-live.ts";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LiveStamp } from "#components/ui/live-stamp.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import type { EndpointsView } from "#lib/deliveries/endpoint-types.ts";

/** Everything that events are sent to, and how each of them is. */
export function EndpointsRoom({ initial }: { initial: EndpointsView }) {
  const t = useTranslations("endpoints");
  const live = useLive<EndpointsView>({ key: ["endpoints"], path: "/api/live/endpoints", initial });
  const { rows, may, readAt } = live.data ?? initial;
  const add = may.manage && (
    <ButtonLink href="/settings/endpoints/new" variant="primary" icon={<Plus aria-hidden />}>
      {t("list.add")}
    </ButtonLink>
  );
  return (
    <>
      <PageHeader title={t("title")} meta={<LiveStamp heardAt={readAt} />} action={add} />
      <StaleNotice error={live.error} retry={() => void live.refetch()} />
      {rows.length === 0 ? (
        <EmptyState icon={<Webhook aria-hidden />} title={t("list.none")}>
          {t("list.noneBody")}
          {!may.manage && <> {t("whoAdds")}</>}
        </EmptyState>
      ) : (
        <EndpointsTable rows={rows} />
      )}
    </>
  );
}
