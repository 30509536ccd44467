"use client";

import { useFormatter, useTranslations } from "next-intl";
import { isNarrowed } from "#components/orders/list-filter.ts";
import type { ListFilterControl } from "#components/orders/use-list-filter.ts";
import { Button } from "#components/ui/button.tsx";
import { FilterChip } from "#components/ui/filter-chip.tsx";

/** Every filter in force, each with its way out. */
export function FilterChips({ filter, change, clear }: ListFilterControl) {
  const t = useTranslations("orders");
  const format = useFormatter();
  if (!isNarrowed(filter)) return null;
  return (
    <div className="px-gutter flex flex-wrap items-center gap-2 pb-3">
      {filter.search && (
        <FilterChip
          label={t("list.searchChip")}
          value={filter.search}
          onRemove={() => change({ search: "" })}
        />
      )}
      {filter.status.map((status) => (
        <FilterChip
          key={status}
          label={t("list.status")}
          value={t(`status.${status}`)}
          onRemove={() => change({ status: filter.status.filter((other) => other !== status) })}
        />
      ))}
      {filter.attention && (
        <FilterChip
          label={t("list.only")}
          value={t("list.attention")}
          onRemove={() => change({ attention: false })}
        />
      )}
      {(["retrying", "overdue"] as const)
        .filter((name) => filter[name])
        .map((name) => (
          <FilterChip
            key={name}
            label={t("list.only")}
            value={t(`list.${name}`)}
            onRemove={() => change({ [name]: false })}
          />
        ))}
      {(["finishedSince", "paidSince"] as const).map((name) => {
        const since = filter[name];
        return (
          since && (
            <FilterChip
              key={name}
              label={t(`list.${name}`)}
              value={format.dateTime(new Date(since), "dayTime")}
              onRemove={() => change({ [name]: null })}
            />
          )
        );
      })}
      {filter.currency && (
        <FilterChip
          label={t("list.currency")}
          value={filter.currency}
          onRemove={() => change({ currency: null })}
        />
      )}
      {filter.mock !== "all" && (
        <FilterChip
          label={t("list.mock.label")}
          value={t(`list.mock.${filter.mock}`)}
          onRemove={() => change({ mock: "all" })}
        />
      )}
      <Button variant="ghost" size="sm" onClick={clear}>
        {t("list.clear")}
      </Button>
    </div>
  );
}
