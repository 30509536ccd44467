"use client";

import { ListFilter as FilterIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy } from "react";
import type { ListFilterControl } from "#components/orders/use-list-filter.ts";
import { buttonClass } from "#components/ui/button-class.ts";
import { Popover } from "#components/ui/popover.tsx";

// Fetched when the menu is opened.
const loadPanel = () => import("#components/orders/filter-panel.tsx");
const FilterPanel = lazy(async () => ({ default: (await loadPanel()).FilterPanel }));

/** States, looks and mock orders, chosen in one panel; each choice takes effect at once. */
export function FilterMenu({ filter, change }: Pick<ListFilterControl, "filter" | "change">) {
  const t = useTranslations("orders.list");
  const others = [filter.retrying, filter.overdue, filter.mock !== "all"].filter(Boolean).length;
  const count = filter.status.length + others;
  return (
    <Popover
      label={t("filter")}
      align="start"
      preload={loadPanel}
      button={
        <>
          <FilterIcon aria-hidden />
          {t("filter")}
          {count > 0 && <span className="text-ink-3">{count}</span>}
        </>
      }
      buttonProps={{ className: buttonClass() }}
    >
      <FilterPanel filter={filter} change={change} />
    </Popover>
  );
}
