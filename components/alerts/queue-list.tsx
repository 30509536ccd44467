"use client";

import { useTranslations } from "next-intl";
import { lazy, type ReactNode, Suspense, useEffect } from "react";
import { alertHref } from "#components/alerts/queue-filter.ts";
import { QueueRow, rowIdOf } from "#components/alerts/queue-row.tsx";
import type { Selection } from "#components/alerts/use-selection.ts";
import { attentionProps } from "#components/live/attention-props.ts";
import { StaleNotice } from "#components/live/stale-notice.tsx";
import type { SettledList } from "#components/live/use-settled-list.ts";
import { NewRows } from "#components/ui/new-rows.tsx";
import { TableSkeleton } from "#components/ui/skeleton.tsx";
import type { AlertRow } from "#lib/alerts/types.ts";

const LIST_ID = "alert-list";

/** Whether the pointer is on the rows: then none may move. */
export const isListUnderPointer = (): boolean =>
  document.getElementById(LIST_ID)?.matches(":hover") === true;

// Hardly ever needed, so their code comes when they are.
const QueueFailed = lazy(async () => ({
  default: (await import("#components/alerts/queue-failed.tsx")).QueueFailed,
}));

/** The rows in whatever state they are: there, on their way, none, or not to be had. */
export function QueueList({
  list,
  rows,
  query,
  me,
  openId,
  selection,
  onOpen,
  onSelect,
  empty,
}: {
  list: SettledList<AlertRow>;
  /** Those of the list that aren't decided upon yet. */
  rows: readonly AlertRow[];
  query: string;
  me: string;
  openId: string | null;
  selection: Selection;
  onOpen: (id: string) => void;
  onSelect: ((id: string) => void) | undefined;
  empty: ReactNode;
}) {
  const t = useTranslations("alerts.queue");
  useEffect(() => {
    const row = openId && document.getElementById(rowIdOf(openId));
    if (row) row.scrollIntoView({ block: "nearest" });
  }, [openId]);

  const { error, fits, held, waiting } = list;
  if (error && !fits) {
    return (
      <Suspense>
        <QueueFailed reference={error.reference ?? null} onRetry={list.retry} />
      </Suspense>
    );
  }
  if (!fits && held.rows.length === 0) return <TableSkeleton rows={8} columns={["w-48", "w-12"]} />;
  return (
    <>
      <StaleNotice error={error} retry={list.retry} />
      {/* It floats, so that its coming and going moves nothing. */}
      <div className="pointer-events-none sticky top-1.5 z-6 h-0 max-lg:top-[calc(var(--topbar)+0.375rem)]">
        {waiting > 0 && (
          <div className="pointer-events-auto relative mx-auto w-36 overflow-hidden rounded-md border border-b-0 border-accent-line shadow-overlay">
            <NewRows count={waiting} onShow={list.showWaiting} />
          </div>
        )}
      </div>
      {rows.length === 0 && waiting === 0 ? (
        empty
      ) : (
        <ol
          id={LIST_ID}
          aria-label={t("list")}
          aria-busy={list.busy}
          {...attentionProps(list.attend)}
        >
          {rows.map((row) => (
            <QueueRow
              key={row.id}
              row={row}
              href={alertHref(row.id, query)}
              me={me}
              open={row.id === openId}
              gone={held.gone.has(row.id)}
              selected={selection.allUpTo !== null || selection.ids.has(row.id)}
              selecting={selection.ids.size > 0}
              onOpen={() => onOpen(row.id)}
              onSelect={onSelect && (() => onSelect(row.id))}
            />
          ))}
        </ol>
      )}
    </>
  );
}
