"use client";

import { useTranslations } from "next-intl";
import { lazy } from "react";
import type { QueueFilter } from "#components/alerts/queue-filter.ts";
import type { FilterControl } from "#components/live/use-address-filter.ts";
import { FilterPopover } from "#components/ui/filter-popover.tsx";

// Fetched when the menu is opened.
const loadPanel = () => import("#components/alerts/queue-filter-panel.tsx");
const QueueFilterPanel = lazy(async () => ({ default: (await loadPanel()).QueueFilterPanel }));

export type QueueFilterProps = Pick<FilterControl<QueueFilter>, "filter" | "change">;

/** All filters but view and search, chosen in one panel; each choice takes effect at once. */
export function QueueFilterMenu({ filter, change }: QueueFilterProps) {
  const t = useTranslations("alerts.queue");
  const { kinds, suppliers, mock } = filter;
  const count = kinds.length + suppliers.length + (mock === "without" ? 0 : 1);
  return (
    <FilterPopover label={t("filter")} count={count} align="end" preload={loadPanel}>
      <QueueFilterPanel filter={filter} change={change} />
    </FilterPopover>
  );
}
