"use client";

import { useTranslations } from "next-intl";
import { lazy } from "react";
import type { DeliveryListFilter } from "#components/deliveries/delivery-list-filter.ts";
import type { FilterControl } from "#components/live/use-address-filter.ts";
import { FilterPopover } from "#components/ui/filter-popover.tsx";

// Fetched when the menu is opened.
const loadPanel = () => import("#components/deliveries/delivery-filter-panel.tsx");
const DeliveryFilterPanel = lazy(async () => ({
  default: (await loadPanel()).DeliveryFilterPanel,
}));

export type DeliveryFilterProps = Pick<FilterControl<DeliveryListFilter>, "filter" | "change">;

/** All filters but the search, chosen in one panel; each choice takes effect at once. */
export function DeliveryFilterMenu({ filter, change }: DeliveryFilterProps) {
  const t = useTranslations("deliveries");
  const { state, channel, endpoint, type, reason, since, until, mock } = filter;
  const single = [channel, endpoint, type, reason, since, until, mock === "all" ? null : mock];
  const count = state.length + single.filter((one) => one !== null).length;
  return (
    <FilterPopover label={t("filter")} count={count} preload={loadPanel}>
      <DeliveryFilterPanel filter={filter} change={change} />
    </FilterPopover>
  );
}
