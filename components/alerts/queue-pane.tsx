"use client";

import { clsx } from "clsx";
import { ChevronDown, ChevronLeft, ChevronUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy, Suspense } from "react";
import type { DecisionKind } from "#components/alerts/decision.ts";
import { DecisionBar, ThumbBar } from "#components/alerts/decision-bar.tsx";
import { DetailSkeleton } from "#components/alerts/detail-skeleton.tsx";
import { useLive } from "#components/live/use-live.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import type { AlertRow, AlertView } from "#lib/alerts/types.ts";

// Rendered with the page, but its code comes after the list and the decisions.
const AlertDetail = lazy(async () => ({
  default: (await import("#components/alerts/detail.tsx")).AlertDetail,
}));

/** The open alert: where it stands in the list and what can be decided above it, then all about it. */
export function QueuePane({
  id,
  row,
  initial,
  at,
  total,
  bar,
  onMove,
  onBack,
  onDecide,
}: {
  id: string;
  /** As the list has it; undefined where it isn't in the list. */
  row: AlertRow | undefined;
  initial: AlertView | undefined;
  /** Its place in the list, from 1; 0 where it isn't there. */
  at: number;
  total: number;
  /** Off while several are selected, and decided upon together. */
  bar: boolean;
  onMove: (by: 1 | -1) => void;
  onBack: () => void;
  /** Undefined where the reader may not decide. */
  onDecide: ((kind: DecisionKind) => void) | undefined;
}) {
  const t = useTranslations("alerts.queue");
  // The very read of the detail: it is asked for once.
  const { data } = useLive<AlertView>({
    key: ["alert", id],
    path: `/api/live/alerts/${id}`,
    initial,
  });
  const alert = data?.id === id ? data : row;
  const orderId = alert?.order?.id ?? null;
  const deciding = alert && onDecide ? { states: [alert.state], orderId, onDecide } : null;
  return (
    <>
      <div
        className={clsx(
          !bar && "lg:hidden",
          "sticky top-(--topbar) z-10 flex min-h-12 items-center gap-2 border-b border-line bg-surface py-1.5 pr-(--gutter) pl-(--gutter) max-lg:pl-2",
        )}
      >
        <IconButton label={t("back")} onClick={onBack} className="lg:hidden!">
          <ChevronLeft aria-hidden />
        </IconButton>
        {deciding && <DecisionBar {...deciding} />}
        {!onDecide && <p className="text-xs text-ink-2 max-lg:hidden">{t("noRight")}</p>}
        <div className="ml-auto flex items-center gap-0.5">
          {at > 0 && (
            <span className="mr-1 text-xs whitespace-nowrap text-ink-3 lg:max-xl:hidden">
              {t("position", { at, total })}
            </span>
          )}
          <IconButton label={t("previous")} disabled={at === 1} onClick={() => onMove(-1)}>
            <ChevronUp aria-hidden />
          </IconButton>
          <IconButton label={t("next")} disabled={at > 0 && at === total} onClick={() => onMove(1)}>
            <ChevronDown aria-hidden />
          </IconButton>
        </div>
      </div>
      <Suspense fallback={<DetailSkeleton />}>
        <AlertDetail id={id} {...(initial && { initial })} {...(onDecide && { onDecide })} />
      </Suspense>
      {deciding && <ThumbBar {...deciding} />}
    </>
  );
}
