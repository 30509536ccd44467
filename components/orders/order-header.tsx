"use client";

import { RotateCcw } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy, Suspense } from "react";
import type { Failure } from "#components/orders/failure.ts";
import { MockBadge } from "#components/orders/mock-badge.tsx";
import { OrderStatusBadge, SignalBadges } from "#components/orders/status.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { LiveStamp } from "#components/ui/live-stamp.tsx";
import { MonoId } from "#components/ui/mono-id.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import type { OrderDetail } from "#lib/orders/types.ts";

// Only open orders have one.
const LookNowButton = lazy(async () => ({
  default: (await import("#components/orders/look-now-button.tsx")).LookNowButton,
}));

// Few orders have one.
const AlertLinks = lazy(async () => ({
  default: (await import("#components/orders/alert-links.tsx")).AlertLinks,
}));
// Most orders never need one.
const DossierButton = lazy(async () => ({
  default: (await import("#components/dossier/dossier-button.tsx")).DossierButton,
}));

/** What it is, its state at a glance, and what can be done about it. */
export function OrderHeader({
  order,
  final,
  onFailure,
}: {
  order: OrderDetail;
  final: boolean;
  /** What became of asking for a look, null for nothing to tell. */
  onFailure: (failure: Failure | null) => void;
}) {
  const t = useTranslations("orders");
  const { may } = order;
  const signals = order.openSignals
    .map(({ key }) => key)
    // The state itself says that it is unconfirmed.
    .filter((key) => key !== order.status);
  return (
    <PageHeader
      longTitle
      title={
        <>
          {order.productName}
          {order.moreItems > 0 && (
            <span className="font-normal text-ink-2">
              {" "}
              {t("table.more", { count: order.moreItems })}
            </span>
          )}
        </>
      }
      badge={
        <span className="flex flex-wrap items-center gap-1.5">
          <OrderStatusBadge status={order.status} look="soft" />
          <SignalBadges signals={signals} />
          {order.isMock && <MockBadge />}
        </span>
      }
      meta={
        <>
          <span className="inline-flex items-center gap-1.5">
            {t("order.id")}
            <MonoId value={order.id} copyLabel={t("order.copyId")} />
          </span>
          <span>{t("order.placedBy", { name: order.placedBy })}</span>
          <Suspense>
            {order.openSignals.length > 0 && <AlertLinks signals={order.openSignals} />}
          </Suspense>
          <LiveStamp
            heardAt={final ? (order.lastLookedAt ?? order.finishedAt) : order.readAt}
            ended={final}
          />
        </>
      }
      action={
        <>
          {may.placeAgain && (
            <ButtonLink href={`/orders/new?from=${order.id}`} icon={<RotateCcw aria-hidden />}>
              {t("order.again")}
            </ButtonLink>
          )}
          <Suspense>
            <DossierButton orderId={order.id} />
          </Suspense>
          <Suspense>{may.look && <LookNowButton order={order} onFailure={onFailure} />}</Suspense>
        </>
      }
    />
  );
}
