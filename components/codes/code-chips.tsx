"use client";

import { useTranslations } from "next-intl";
import type { CodeListFilter } from "#components/codes/code-list-filter.ts";
import type { FilterControl } from "#components/live/use-address-filter.ts";
import { Button } from "#components/ui/button.tsx";
import { FilterChip } from "#components/ui/filter-chip.tsx";

/** Every filter in force, each with its way out. */
export function CodeChips({ filter, change, clear }: FilterControl<CodeListFilter>) {
  const t = useTranslations("codes");
  if (!filter.search && !filter.mock) return null;
  return (
    <div className="px-gutter flex flex-wrap items-center gap-2 pb-3">
      {filter.search && (
        <FilterChip
          label={t("searchChip")}
          value={filter.search}
          onRemove={() => change({ search: "" })}
        />
      )}
      {filter.mock && (
        <FilterChip
          label={t("only")}
          value={t("mockCodes")}
          onRemove={() => change({ mock: false })}
        />
      )}
      <Button variant="ghost" size="sm" onClick={clear}>
        {t("clear")}
      </Button>
    </div>
  );
}
