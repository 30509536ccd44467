"use client";

import { useTranslations } from "next-intl";
import { lazy, Suspense } from "react";
import { isNarrowed, matchingOf, type QueueFilter } from "#components/alerts/queue-filter.ts";
import { QueueViews } from "#components/alerts/queue-views.tsx";
import type { FilterControl } from "#components/live/use-address-filter.ts";
import { LiveStamp } from "#components/ui/live-stamp.tsx";
import { SearchBox } from "#components/ui/search-box.tsx";
import type { AlertCounts } from "#lib/alerts/types.ts";

// Rendered with the page where there is a need, but its code comes after.
const QueueTools = lazy(async () => ({
  default: (await import("#components/alerts/queue-tools.tsx")).QueueTools,
}));
const QueueChips = lazy(async () => ({
  default: (await import("#components/alerts/queue-chips.tsx")).QueueChips,
}));

/** The name of the page, its views, and what narrows them. */
export function QueueHead({
  control,
  counts,
  heardAt,
}: {
  control: FilterControl<QueueFilter>;
  counts: AlertCounts | undefined;
  heardAt: string | null;
}) {
  const t = useTranslations("alerts");
  const { filter, change } = control;
  return (
    <>
      <header className="px-gutter flex flex-wrap items-center gap-x-1.5 gap-y-2 pt-3 pb-2">
        <div className="mr-auto flex min-w-0 items-baseline gap-3">
          <span aria-hidden className="text-xl font-semibold">
            {t("title")}
          </span>
          <LiveStamp heardAt={heardAt} />
        </div>
        <div className="max-md:order-last max-md:w-full">
          <SearchBox
            label={t("queue.search")}
            placeholder={t("queue.searchHint")}
            value={filter.text ?? ""}
            // Typing on changes the same entry of the history; the way back leads to before it.
            onSearch={(text) =>
              change({ text: text || null }, { replace: filter.text !== null && text !== "" })
            }
          />
        </div>
        <Suspense>
          <QueueTools filter={filter} change={change} />
        </Suspense>
      </header>
      <div className="px-gutter border-b border-line">
        <QueueViews filter={filter} counts={counts} onView={(view) => change(view)} />
      </div>
      <Suspense>
        {isNarrowed(filter) && (
          <div className="border-b border-line pt-3">
            <QueueChips {...control} key={matchingOf(filter)} />
          </div>
        )}
      </Suspense>
    </>
  );
}
