"use client";

import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import { OrderStanding } from "#components/orders/order-standing.tsx";
import type { Decided } from "#components/reconcile/decided-notice.tsx";
import { Link } from "#components/ui/link.tsx";
import { shortId } from "#components/ui/short-id.ts";
import { Loading, TextSkeleton } from "#components/ui/skeleton.tsx";
import type { OrderPageView } from "#lib/reconcile/types.ts";

// What stands further down, or has a rare need.
const OrderTimeline = lazy(async () => ({
  default: (await import("#components/orders/order-timeline.tsx")).OrderTimeline,
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

/** Where the button "adopt" leads. */
export const EVIDENCE_ID = "alert-evidence";

/** The order that it is about: where it stands, what is in doubt, and all that happened. */
export function DetailOrder({
  order,
  isUnread,
}: {
  order: OrderPageView | null;
  /** It can't be read. */
  isUnread: boolean;
}) {
  const t = useTranslations("alerts.detail");
  const [decided, setDecided] = useState<Decided | null>(null);
  if (!order) {
    return (
      <div className="px-gutter border-t border-line py-4">
        {isUnread ? (
          <p className="text-ink-2">{t("orderUnread")}</p>
        ) : (
          <Loading>
            <TextSkeleton lines={6} />
          </Loading>
        )}
      </div>
    );
  }
  return (
    <div>
      <p className="px-gutter flex flex-wrap items-baseline gap-x-3 border-t border-line pt-4 text-xs text-ink-2">
        <span>
          {t.rich("order", {
            id: () => (
              <Link href={`/orders/${order.id}`} className="font-mono">
                {shortId(order.id)}
              </Link>
            ),
            by: order.placedBy,
          })}
        </span>
        {order.supplierOrderId && (
          <span className="font-mono wrap-anywhere">{order.supplierOrderId}</span>
        )}
      </p>
      <div className="[&>section]:border-t-0">
        <OrderStanding order={order} />
      </div>
      <Suspense>
        {decided && (decided.kind === "give_up" || order.evidence || order.waitsFor) && (
          <DecidedNotice decided={decided} />
        )}
        <div
          id={EVIDENCE_ID}
          tabIndex={-1}
          className="scroll-mt-[calc(var(--topbar)+4rem)] overflow-x-auto outline-none"
        >
          {order.evidence && (
            <EvidencePanel order={order} evidence={order.evidence} onDecided={setDecided} />
          )}
          {order.waitsFor && (
            <WaitingPanel order={order} waitsFor={order.waitsFor} onDecided={setDecided} />
          )}
        </div>
        <OrderTimeline timeline={order.timeline} startedAt={order.createdAt} />
      </Suspense>
    </div>
  );
}
