"use client";

import { ListFilter } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy } from "react";
import type { QueueFilter } from "#components/alerts/queue-filter.ts";
import type { FilterControl } from "#components/live/use-address-filter.ts";
import { buttonClass } from "#components/ui/button-class.ts";
import { Popover } from "#components/ui/popover.tsx";

// Fetched when the menu is opened.
const loadPanel = () => import("#components/alerts/queue-filter-panel.tsx");
const QueueFilterPanel = lazy(async () => ({ default: (await loadPanel()).QueueFilterPanel }));

export type QueueFilterProps = Pick<FilterControl<QueueFilter>, "filter" | "change">;

/** All filters but view and search, chosen in one panel; each choice takes effect at once. */
export function QueueFilterMenu({ filter, change }: QueueFilterProps) {
  const t = useTranslations("alerts.queue");
  const { kinds, suppliers, mock } = filter;
  const count = kinds.length + suppliers.length + (mock === "without" ? 0 : 1);
  return (
    <Popover
      label={t("filter")}
      align="end"
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
      <QueueFilterPanel filter={filter} change={change} />
    </Popover>
  );
}
