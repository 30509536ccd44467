"use client";

import { useTranslations } from "next-intl";
import { lazy } from "react";
import type { CodeListFilter } from "#components/codes/code-list-filter.ts";
import type { FilterControl } from "#components/live/use-address-filter.ts";
import { FilterPopover } from "#components/ui/filter-popover.tsx";

// Fetched when the menu is opened.
const loadPanel = () => import("#components/codes/code-filter-panel.tsx");
const CodeFilterPanel = lazy(async () => ({ default: (await loadPanel()).CodeFilterPanel }));

export type CodeFilterProps = Pick<FilterControl<CodeListFilter>, "filter" | "change">;

/** States, expiry and mock codes, chosen in one panel; each choice takes effect at once. */
export function CodeFilterMenu({ filter, change }: CodeFilterProps) {
  const t = useTranslations("codes");
  const count = filter.state.length + [filter.expiring, filter.mock].filter(Boolean).length;
  return (
    <FilterPopover label={t("filter")} count={count} preload={loadPanel}>
      <CodeFilterPanel filter={filter} change={change} />
    </FilterPopover>
  );
}
