"use client";

import { useTranslations } from "next-intl";
import type { DeliveryListFilter } from "#components/deliveries/delivery-list-filter.ts";
import { useFilterWords } from "#components/deliveries/filter-words.tsx";
import type { FilterControl } from "#components/live/use-address-filter.ts";
import { Button } from "#components/ui/button.tsx";
import { FilterChip } from "#components/ui/filter-chip.tsx";

/** Every filter in force, each with its way out. */
export function DeliveryChips({
  filter,
  change,
  clear,
  endpointName,
}: FilterControl<DeliveryListFilter> & {
  /** Of the chosen endpoint, where it is known. */
  endpointName: string | null;
}) {
  const t = useTranslations("deliveries");
  const wordsOf = useFilterWords();
  return (
    <div className="px-gutter flex flex-wrap items-center gap-2 pb-3">
      {wordsOf(filter, endpointName).map(({ key, label, value, without }) => (
        <FilterChip key={key} label={label} value={value} onRemove={() => change(without)} />
      ))}
      <Button variant="ghost" size="sm" onClick={clear}>
        {t("clear")}
      </Button>
    </div>
  );
}
