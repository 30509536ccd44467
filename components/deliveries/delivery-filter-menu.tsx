"use client";

import { ListFilter } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy } from "react";
import type { DeliveryListFilter } from "#components/deliveries/delivery-list-filter.ts";
import type { FilterControl } from "#components/live/use-address-filter.ts";
import { buttonClass } from "#components/ui/button-class.ts";
import { Popover } from "#components/ui/popover.tsx";

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
    <Popover
      label={t("filter")}
      align="start"
      preload={loadPanel}
      button={
        <>
          <ListFilter aria-hidden />
          {t("filter")}
          {count > 0 && <span className="text-ink-3">{count}</span>}
        </>
      }
      buttonProps={{ className: buttonClass() }}
    >
      <DeliveryFilterPanel filter={filter} change={change} />
    </Popover>
  );
}
