"use client";

import { clsx } from "clsx";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useEffect } from "react";
import { alertAt } from "#components/alerts/next-alert.ts";
import { matchingOf, queueQueryOf } from "#components/alerts/queue-filter.ts";
import { QueueList } from "#components/alerts/queue-list.tsx";
import { useDecide } from "#components/alerts/use-decide.ts";
import { useDecisions } from "#components/alerts/use-decisions.ts";
import { useNextAtHand } from "#components/alerts/use-next-at-hand.ts";
import { useOpenAlert } from "#components/alerts/use-open-alert.ts";
import { usePaneScroll } from "#components/alerts/use-pane-scroll.ts";
import { useQueueKeys } from "#components/alerts/use-queue-keys.ts";
import { useArrivals, useQueueList } from "#components/alerts/use-queue-list.ts";
import { useSelection } from "#components/alerts/use-selection.ts";
import { useLive } from "#components/live/use-live.ts";
import type { AlertCounts, AlertPage, AlertView } from "#lib/alerts/types.ts";

// Rendered with the page where there is a need, but their code comes after.
const QueueHead = lazy(async () => ({
  default: (await import("#components/alerts/queue-head.tsx")).QueueHead,
}));
const QueuePane = lazy(async () => ({
  default: (await import("#components/alerts/queue-pane.tsx")).QueuePane,
}));
const KeysetPager = lazy(async () => ({
  default: (await import("#components/ui/keyset-pager.tsx")).KeysetPager,
}));
const QueueEmpty = lazy(async () => ({
  default: (await import("#components/alerts/queue-empty.tsx")).QueueEmpty,
}));
const NothingOpen = lazy(async () => ({
  default: (await import("#components/alerts/nothing-open.tsx")).NothingOpen,
}));
const loadBulk = () => import("#components/alerts/bulk-bar.tsx");
const BulkBar = lazy(async () => ({ default: (await loadBulk()).BulkBar }));
const BulkThumbBar = lazy(async () => ({ default: (await loadBulk()).BulkThumbBar }));
// Fetched while the queue is read, before anybody asks for them.
const loadDialog = () => import("#components/alerts/decision-dialog.tsx");
const DecisionDialog = lazy(async () => ({ default: (await loadDialog()).DecisionDialog }));
const loadNote = () => import("#components/alerts/queue-note.tsx");
const QueueNote = lazy(async () => ({ default: (await loadNote()).QueueNote }));

export type QueueCounts = AlertCounts & { readAt: string };

/**
 * The desk: the queue, the open alert beside it, and one key for each decision, after which the next one
 * opens by itself. On a phone either is a page.
 */
export function QueueRoom({
  initial,
  initialQuery,
  initialCounts,
  initialView,
  me,
  mayAct,
}: {
  initial: AlertPage;
  /** The query string that `initial` answers. */
  initialQuery: string;
  initialCounts: QueueCounts;
  /** The alert that the address opens, or else the first of the list. */
  initialView: AlertView | null;
  /** The id of whoever looks. */
  me: string;
  mayAct: boolean;
}) {
  const t = useTranslations("alerts");
  const router = useRouter();
  const deciding = useDecide();
  const queue = useQueueList({ initial, initialQuery, taken: deciding.taken });
  const { control, query, list, rows, total } = queue;
  const { filter, change } = control;
  const selection = useSelection(matchingOf(filter));
  const opened = useOpenAlert({ query, first: list.fits ? (rows[0]?.id ?? null) : null });
  const { id, isPage } = opened;
  const decisions = useDecisions({
    ...{ queue, selection, deciding, me },
    ...{ openId: id, open: opened.open },
  });
  const counts = useLive<QueueCounts>({
    key: ["alert_counts"],
    path: "/api/live/alerts/counts",
    initial: initialCounts,
  });
  const pane = usePaneScroll(opened);
  const arrived = useArrivals(query, rows);
  useNextAtHand(alertAt(rows, id, 1));

  const at = rows.findIndex((row) => row.id === id);
  const row = rows[at];
  const shownIds = rows.map((one) => one.id);
  const count = rows.filter((one) => selection.ids.has(one.id)).length;
  const whole = rows.length > 0 && count === rows.length;
  const selecting = selection.allUpTo !== null || count > 0;
  const decide = mayAct ? decisions.decide : undefined;
  const chooseAll = () => list.heardAt && selection.chooseAll(list.heardAt);
  const move = (by: 1 | -1) => opened.open(alertAt(rows, id, by));

  useQueueKeys({
    move,
    decide,
    select: () => id && selection.toggle(id),
    selectAll: () => (whole && total > rows.length ? chooseAll() : selection.choose(shownIds)),
    unselect: () => {
      selection.clear();
      deciding.dismiss();
    },
    undo: decisions.undo,
    showNew: list.showWaiting,
    openOrder: () => row?.order && router.push(`/orders/${row.order.id}`),
    show: change,
  });

  useEffect(() => {
    if (!mayAct) return;
    for (const load of [loadDialog, loadNote, loadBulk]) void load();
  }, [mayAct]);

  const bulk = {
    ...{ count, total, whole, states: decisions.states, onDecide: decisions.decide },
    ...{ all: selection.allUpTo !== null, onAll: chooseAll, onClear: selection.clear },
    ...{ shown: rows.length, onShown: () => selection.choose(shownIds) },
  };
  return (
    <>
      {/* The head that shows it comes as code of its own, and isn't there beside an alert on a phone. */}
      <h1 className="sr-only">{t("title")}</h1>
      <div className={clsx(isPage && "max-lg:hidden")}>
        <Suspense>
          <QueueHead control={control} counts={counts.data} heardAt={list.heardAt} />
        </Suspense>
      </div>
      <div className="lg:grid lg:grid-cols-[20rem_minmax(0,1fr)] xl:grid-cols-[25rem_minmax(0,1fr)]">
        <div
          className={clsx(
            "min-w-0 border-line lg:sticky lg:top-(--topbar) lg:h-[calc(100dvh-var(--topbar))] lg:overflow-y-auto lg:overscroll-contain lg:border-r",
            isPage && "max-lg:hidden",
            selecting && "max-lg:pb-28",
          )}
        >
          <QueueList
            {...{ list, rows, query, me, selection }}
            openId={id}
            onOpen={opened.open}
            onSelect={mayAct ? selection.toggle : undefined}
            empty={
              <Suspense>
                <QueueEmpty filter={filter} show={change} />
              </Suspense>
            }
          />
          <Suspense>
            <KeysetPager
              after={filter.after}
              next={list.next}
              hrefOf={(after) => `/alerts?${queueQueryOf({ ...filter, after })}`}
              onGo={(after) => change({ after })}
            />
          </Suspense>
        </div>
        <div
          ref={pane}
          className={clsx("min-w-0 scroll-mt-(--topbar) max-lg:pb-20", !isPage && "max-lg:hidden")}
        >
          <Suspense>{selecting && <BulkBar {...bulk} />}</Suspense>
          <Suspense>
            {id ? (
              <QueuePane
                key={id}
                id={id}
                row={row}
                initial={initialView?.id === id ? initialView : undefined}
                at={at + 1}
                total={rows.length}
                bar={!selecting}
                onMove={move}
                onBack={() => opened.open(null)}
                onDecide={mayAct ? decisions.decideOpen : undefined}
              />
            ) : (
              <NothingOpen some={rows.length > 0} done={list.fits && deciding.taken.size > 0} />
            )}
          </Suspense>
        </div>
      </div>
      <Suspense>{selecting && !isPage && <BulkThumbBar {...bulk} />}</Suspense>
      <p role="status" className="sr-only">
        {arrived > 0 && t("queue.newCount", { count: arrived })}
      </p>
      <Suspense>
        {deciding.outcome && (
          <QueueNote
            outcome={deciding.outcome}
            onUndo={decisions.undo}
            onOpen={opened.open}
            onDismiss={deciding.dismiss}
          />
        )}
      </Suspense>
      <Suspense>
        {decisions.asking && (
          <DecisionDialog
            kind={decisions.asking.kind}
            count={decisions.asking.meant.count}
            act={deciding.act}
            onSubmit={(decision) => void decisions.submit(decision)}
            onClose={decisions.close}
          />
        )}
      </Suspense>
    </>
  );
}
