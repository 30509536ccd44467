"use client";

import { clsx } from "clsx";
import NextLink from "next/link";
import { useTranslations } from "next-intl";
import {
  alertHref,
  filterOfView,
  type QueueFilter,
  queueQueryOf,
  VIEWS,
  viewOf,
} from "#components/alerts/queue-filter.ts";
import type { AlertCounts } from "#lib/alerts/types.ts";

/** Counting ends here. */
const MOST = 1_000;

/** The views of the queue, each a link, with how much stands in it. */
export function QueueViews({
  filter,
  counts,
  onView,
}: {
  filter: QueueFilter;
  counts: AlertCounts | undefined;
  onView: (filter: QueueFilter) => void;
}) {
  // i18n-use: alerts.view.*
  const t = useTranslations("alerts.view");
  const shown = viewOf(filter);
  return (
    <nav
      aria-label={t("label")}
      className="-mb-px flex min-w-0 overflow-x-auto [scrollbar-width:none]"
    >
      {VIEWS.map((view) => {
        const to = filterOfView(view);
        const count = view === "resolved" ? 0 : (counts?.[view] ?? 0);
        return (
          <NextLink
            key={view}
            href={alertHref(null, queueQueryOf(to))}
            prefetch={false}
            aria-current={view === shown ? "page" : undefined}
            onNavigate={(event) => {
              event.preventDefault();
              onView(to);
            }}
            className={clsx(
              "flex h-9 shrink-0 items-center gap-1.5 border-b-2 px-2.5 font-medium whitespace-nowrap transition-colors -outline-offset-2 first:pl-0 pointer-coarse:h-11",
              view === shown
                ? "border-accent text-ink"
                : "border-transparent text-ink-2 hover:text-ink",
            )}
          >
            {t(view)}
            {count > 0 && (
              <span
                className={clsx(
                  "text-xs font-normal",
                  view === "critical" ? "font-medium text-risk" : "text-ink-3",
                )}
              >
                {count >= MOST ? t("many", { count: MOST - 1 }) : count}
              </span>
            )}
          </NextLink>
        );
      })}
    </nav>
  );
}
