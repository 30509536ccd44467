"use client";

import { lazy, Suspense, useState } from "react";
import { StaleNotice } from "#components/live/stale-notice.tsx";
import { useLive } from "#components/live/use-live.ts";
import { ActionProblem, type Failure } from "#components/orders/action-problem.tsx";
import { MockBanner } from "#components/orders/mock-banner.tsx";
import { OrderFacts } from "#components/orders/order-facts.tsx";
import { OrderHeader } from "#components/orders/order-header.tsx";
import { OrderItems } from "#components/orders/order-items.tsx";
import { OrderSignals } from "#components/orders/order-signals.tsx";
import { OrderStanding } from "#components/orders/order-standing.tsx";
import { isFinished } from "#lib/orders/lifecycle.ts";
import type { OrderDetail } from "#lib/orders/types.ts";

// Rendered with the page, but its code comes after what stands above it.
const OrderTimeline = lazy(async () => ({
  default: (await import("#components/orders/order-timeline.tsx")).OrderTimeline,
}));
const SupplierAnswer = lazy(async () => ({
  default: (await import("#components/orders/supplier-answer.tsx")).SupplierAnswer,
}));

/** Nothing more will be looked for by itself, and nobody has anything left to decide. */
const isFinal = (order: OrderDetail): boolean =>
  isFinished(order.status) && order.nextPollAt === null;

/** The whole truth of one order, live until it is final. */
export function OrderRoom({ initial }: { initial: OrderDetail }) {
  const [failure, setFailure] = useState<Failure | null>(null);
  const live = useLive<OrderDetail>({
    key: ["order", initial.id],
    path: `/api/live/orders/${initial.id}`,
    initial,
    isFinal,
  });
  const order = live.data ?? initial;
  const final = isFinal(order);
  return (
    <>
      {order.isMock && <MockBanner />}
      <OrderHeader order={order} final={final} onFailure={setFailure} />
      <StaleNotice error={live.error} retry={() => void live.refetch()} />
      {failure && (
        <div className="px-gutter pb-3">
          <ActionProblem failure={failure} />
        </div>
      )}
      <div className="xl:grid xl:grid-cols-[minmax(0,1fr)_24rem] xl:grid-rows-[auto_auto_auto_1fr]">
        <div className="xl:col-start-1">
          <OrderStanding order={order} />
          <OrderSignals order={order} />
        </div>
        <div className="xl:col-start-1">
          <OrderItems order={order} />
        </div>
        <div className="border-line xl:col-start-2 xl:row-span-4 xl:row-start-1 xl:border-l">
          <OrderFacts order={order} />
        </div>
        <div className="xl:col-start-1">
          <Suspense>
            <OrderTimeline timeline={order.timeline} startedAt={order.createdAt} />
          </Suspense>
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
