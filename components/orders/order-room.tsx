"use client";

import { lazy, Suspense, useState } from "react";
import { StaleNotice } from "#components/live/stale-notice.tsx";
import { useLive } from "#components/live/use-live.ts";
import type { Failure } from "#components/orders/failure.ts";
import { OrderHeader } from "#components/orders/order-header.tsx";
import { OrderItems } from "#components/orders/order-items.tsx";
import { OrderStanding } from "#components/orders/order-standing.tsx";
import type { Decided } from "#components/reconcile/decided-notice.tsx";
import type { DeliveryPage } from "#lib/deliveries/read-deliveries.ts";
import { isFinished } from "#lib/orders/lifecycle.ts";
import type { SignalKey } from "#lib/orders/signals.ts";
import type { OrderDetail } from "#lib/orders/types.ts";
import type { OrderPageView } from "#lib/reconcile/types.ts";

// Rendered with the page, but their code comes after what stands above them, or with a rare need.
const MockBanner = lazy(async () => ({
  default: (await import("#components/orders/mock-banner.tsx")).MockBanner,
}));
const OrderFacts = lazy(async () => ({
  default: (await import("#components/orders/order-facts.tsx")).OrderFacts,
}));
const OrderTimeline = lazy(async () => ({
  default: (await import("#components/orders/order-timeline.tsx")).OrderTimeline,
}));
const OrderTold = lazy(async () => ({
  default: (await import("#components/orders/order-told.tsx")).OrderTold,
}));
const SupplierAnswer = lazy(async () => ({
  default: (await import("#components/orders/supplier-answer.tsx")).SupplierAnswer,
}));
const OrderSignals = lazy(async () => ({
  default: (await import("#components/orders/order-signals.tsx")).OrderSignals,
}));
const ActionProblem = lazy(async () => ({
  default: (await import("#components/orders/action-problem.tsx")).ActionProblem,
}));
const EvidencePanel = lazy(async () => ({
  default: (await import("#components/reconcile/evidence-panel.tsx")).EvidencePanel,
}));
const WaitingPanel = lazy(async () => ({
  default: (await import("#components/reconcile/waiting-panel.tsx")).WaitingPanel,
}));
const DecidedNotice = lazy(async () => ({
  default: (await import("#components/reconcile/decided-notice.tsx")).DecidedNotice,
}));

/** Signals that are told where the order stands, or with what is known of it. */
const toldAbove: readonly SignalKey[] = [
  "unconfirmed",
  "pay_refused",
  "codes_short",
  "waits_for_twin",
];

/** Nothing more will be looked for by itself, and nobody has anything left to decide. */
const isFinal = (order: OrderDetail): boolean =>
  isFinished(order.status) && order.nextPollAt === null;

/** What was said of a decision is left out once the order has gone on. */
function isTrueStill({ kind }: Decided, order: OrderPageView): boolean {
  if (kind === "proposed") return order.evidence !== null;
  return kind === "give_up" || !isFinal(order);
}

/** The whole truth of one order, live until it is final. */
export function OrderRoom({
  initial,
  told,
}: {
  initial: OrderPageView;
  /** Null for whoever may not see it. */
  told: DeliveryPage | null;
}) {
  const [failure, setFailure] = useState<Failure | null>(null);
  const [decided, setDecided] = useState<Decided | null>(null);
  const live = useLive<OrderPageView>({
    key: ["order", initial.id],
    path: `/api/live/orders/${initial.id}`,
    initial,
    isFinal,
  });
  const order = live.data ?? initial;
  const final = isFinal(order);
  const signals = order.openSignals.filter(({ key }) => !toldAbove.includes(key));
  return (
    <>
      {order.isMock && <MockBanner />}
      <OrderHeader order={order} final={final} onFailure={setFailure} />
      <StaleNotice error={live.error} retry={() => void live.refetch()} />
      <Suspense>
        {failure && (
          <div className="px-gutter pb-3">
            <ActionProblem failure={failure} />
          </div>
        )}
        {decided && isTrueStill(decided, order) && <DecidedNotice decided={decided} />}
      </Suspense>
      <div className="xl:grid xl:grid-cols-[minmax(0,1fr)_24rem] xl:grid-rows-[auto_auto_auto_auto_1fr]">
        <div className="min-w-0 xl:col-start-1">
          <OrderStanding order={order} />
          <Suspense>
            {order.evidence && (
              <EvidencePanel order={order} evidence={order.evidence} onDecided={setDecided} />
            )}
            {order.waitsFor && (
              <WaitingPanel order={order} waitsFor={order.waitsFor} onDecided={setDecided} />
            )}
            {signals.length > 0 && <OrderSignals signals={signals} />}
          </Suspense>
        </div>
        <div className="xl:col-start-1">
          <OrderItems order={order} />
        </div>
        <div className="border-line xl:col-start-2 xl:row-span-5 xl:row-start-1 xl:border-l">
          <Suspense>
            <OrderFacts order={order} />
          </Suspense>
        </div>
        <div className="xl:col-start-1">
          <Suspense>
            <OrderTimeline timeline={order.timeline} startedAt={order.createdAt} />
          </Suspense>
        </div>
        <div className="min-w-0 xl:col-start-1">
          <Suspense>{told && <OrderTold orderId={order.id} initial={told} />}</Suspense>
        </div>
        <div className="xl:col-start-1">
          <Suspense>
            {order.lastAnswer !== undefined && <SupplierAnswer answer={order.lastAnswer} />}
          </Suspense>
        </div>
      </div>
    </>
  );
}
