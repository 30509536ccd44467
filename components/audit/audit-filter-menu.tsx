"use client";

import { useTranslations } from "next-intl";
import { lazy } from "react";
import { type AuditListFilter, countFilters } from "#components/audit/audit-list-filter.ts";
import type { FilterControl } from "#components/live/use-address-filter.ts";
import { FilterPopover } from "#components/ui/filter-popover.tsx";

// Fetched when the menu is opened.
const loadPanel = () => import("#components/audit/audit-filter-panel.tsx");
const AuditFilterPanel = lazy(async () => ({ default: (await loadPanel()).AuditFilterPanel }));

export type AuditFilterProps = Pick<FilterControl<AuditListFilter>, "filter" | "change">;

/** All filters, chosen in one panel. */
export function AuditFilterMenu({ filter, change }: AuditFilterProps) {
  const t = useTranslations("audit");
  return (
    <FilterPopover label={t("filter")} count={countFilters(filter)} preload={loadPanel}>
      <AuditFilterPanel filter={filter} change={change} />
    </FilterPopover>
  );
}
