"use client";

import { CircleCheck, Inbox, SearchX } from "lucide-react";
import { useTranslations } from "next-intl";
import {
  filterOfView,
  isNarrowed,
  type QueueFilter,
  viewOf,
} from "#components/alerts/queue-filter.ts";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";

/** Why there is no row to see, and the one way on. */
export function QueueEmpty({
  filter,
  show,
}: {
  filter: QueueFilter;
  show: (filter: QueueFilter) => void;
}) {
  const t = useTranslations("alerts.queue");
  const view = viewOf(filter);
  if (filter.after) {
    return (
      <EmptyState
        icon={<Inbox aria-hidden />}
        title={t("none.older")}
        action={<Button onClick={() => show({ ...filter, after: null })}>{t("none.first")}</Button>}
      />
    );
  }
  if (isNarrowed(filter)) {
    return (
      <EmptyState
        icon={<SearchX aria-hidden />}
        title={t("none.match")}
        action={<Button onClick={() => show(filterOfView(view ?? "open"))}>{t("clear")}</Button>}
      >
        {t("none.matchBody")}
      </EmptyState>
    );
  }
  if (view === "open") {
    return (
      <EmptyState icon={<CircleCheck aria-hidden />} title={t("none.open")}>
        {t("none.openBody")}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<Inbox aria-hidden />}
      title={t(view === "mine" ? "none.mine" : "none.view")}
      action={<Button onClick={() => show(filterOfView("open"))}>{t("none.toOpen")}</Button>}
    >
      {t(view === "mine" ? "none.mineBody" : "none.viewBody")}
    </EmptyState>
  );
}
