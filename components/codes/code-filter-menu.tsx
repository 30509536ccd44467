"use client";

import { ListFilter } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy } from "react";
import type { CodeListFilter } from "#components/codes/code-list-filter.ts";
import type { FilterControl } from "#components/live/use-address-filter.ts";
import { buttonClass } from "#components/ui/button-class.ts";
import { Popover } from "#components/ui/popover.tsx";

// Fetched when the menu is opened.
const loadPanel = () => import("#components/codes/code-filter-panel.tsx");
const CodeFilterPanel = lazy(async () => ({ default: (await loadPanel()).CodeFilterPanel }));

export type CodeFilterProps = Pick<FilterControl<CodeListFilter>, "filter" | "change">;

/** States, expiry and mock codes, chosen in one panel; each choice takes effect at once. */
export function CodeFilterMenu({ filter, change }: CodeFilterProps) {
  const t = useTranslations("codes");
  const count = filter.state.length + [filter.expiring, filter.mock].filter(Boolean).length;
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
      <CodeFilterPanel filter={filter} change={change} />
    </Popover>
  );
}
