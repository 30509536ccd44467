"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { DecisionKind } from "#components/alerts/decision.ts";
import { DetailFacts } from "#components/alerts/detail-facts.tsx";
import { DetailHead } from "#components/alerts/detail-head.tsx";
import { DetailOrder } from "#components/alerts/detail-order.tsx";
import { DetailOrders } from "#components/alerts/detail-orders.tsx";
import { DetailSkeleton } from "#components/alerts/detail-skeleton.tsx";
import { DetailStory } from "#components/alerts/detail-story.tsx";
import { HistoryList } from "#components/alerts/history-list.tsx";
import { RunbookPart } from "#components/alerts/runbook-part.tsx";
import { useOrder } from "#components/alerts/use-order.ts";
import { ReadError } from "#components/live/read-json.ts";
import { StaleNotice } from "#components/live/stale-notice.tsx";
import { useLive } from "#components/live/use-live.ts";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import type { AlertView } from "#lib/alerts/types.ts";

/**
 * One alert with all that deciding upon it takes: what happened, what will break, what to do with the
 * very buttons, the order it is about, and who did what so far. Live; the decisions' buttons are its
 * owner's.
 */
export function AlertDetail({
  id,
  initial,
  onDecide,
}: {
  id: string;
  initial?: AlertView;
  /** Asks for a decision that a button of the runbook names. */
  onDecide?: (kind: DecisionKind) => void;
}) {
  const t = useTranslations("alerts.detail");
  const live = useLive<AlertView>({
    key: ["alert", id],
    path: `/api/live/alerts/${id}`,
    initial: initial?.id === id ? initial : undefined,
  });
  // While another one is fetched, the last one is still there.
  const alert = live.data?.id === id ? live.data : undefined;
  if (alert) {
    return (
      <div>
        <StaleNotice error={live.error} retry={() => void live.refetch()} />
        {/* Another alert begins anew, with nothing chosen and nothing said. */}
        <Known key={id} alert={alert} {...(onDecide && { onDecide })} />
      </div>
    );
  }
  if (live.error instanceof ReadError && live.error.status === 404) {
    return <EmptyState title={t("gone")}>{t("goneBody")}</EmptyState>;
  }
  if (live.error) {
    return (
      <ErrorState
        reference={live.error instanceof ReadError ? live.error.reference : null}
        action={<Button onClick={() => void live.refetch()}>{t("again")}</Button>}
      />
    );
  }
  return <DetailSkeleton />;
}

function Known({ alert, onDecide }: { alert: AlertView; onDecide?: (kind: DecisionKind) => void }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const { orders } = alert;
  const first = orders.find(({ clearedAt }) => clearedAt === null) ?? orders[0];
  // What the buttons act upon; of many the one that is chosen, else the first that still stands.
  const orderId =
    orders.find(({ id }) => id === chosen)?.id ?? first?.id ?? alert.order?.id ?? null;
  const { data, error } = useOrder(orderId);
  const order = data && data.id === orderId ? data : null;
  return (
    <article aria-labelledby={`alert-${alert.id}`}>
      <DetailHead alert={alert} />
      <DetailStory alert={alert} />
      <RunbookPart alert={alert} orderId={orderId} order={order} {...(onDecide && { onDecide })} />
      <DetailFacts alert={alert} />
      {alert.ordersTotal > 1 && (
        <DetailOrders alert={alert} chosen={orderId} onChoose={setChosen} />
      )}
      {orderId && <DetailOrder key={orderId} order={order} isUnread={error !== null} />}
      <HistoryList alert={alert} />
    </article>
  );
}
