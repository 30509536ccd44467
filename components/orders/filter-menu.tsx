"use client";

import { useTranslations } from "next-intl";
import { lazy } from "react";
import type { ListFilterControl } from "#components/orders/use-list-filter.ts";
import { FilterPopover } from "#components/ui/filter-popover.tsx";

// Fetched when the menu is opened.
const loadPanel = () => import("#components/orders/filter-panel.tsx");
const FilterPanel = lazy(async () => ({ default: (await loadPanel()).FilterPanel }));

/** States, looks and mock orders, chosen in one panel; each choice takes effect at once. */
export function FilterMenu({ filter, change }: Pick<ListFilterControl, "filter" | "change">) {
  const t = useTranslations("orders.list");
  const others = [filter.retrying, filter.overdue, filter.mock !== "all"].filter(Boolean).length;
  const count = filter.status.length + others;
  return (
    <FilterPopover label={t("filter")} count={count} preload={loadPanel}>
      <FilterPanel filter={filter} change={change} />
    </FilterPopover>
  );
}
