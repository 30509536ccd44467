"use client";

import { Layers, RotateCcw, User, UserX } from "lucide-react";
import { useTranslations } from "next-intl";
import { AlertStateBadge } from "#components/alerts/alert-state.tsx";
import { DetailStanding } from "#components/alerts/detail-standing.tsx";
import { SeverityBadge } from "#components/alerts/severity.tsx";
import { MockBadge } from "#components/orders/mock-badge.tsx";
import { OrderStatusBadge } from "#components/orders/status.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Link } from "#components/ui/link.tsx";
import { LiveStamp } from "#components/ui/live-stamp.tsx";
import { shortId } from "#components/ui/short-id.ts";
import { RelativeTime } from "#components/ui/time.tsx";
import type { AlertView } from "#lib/alerts/types.ts";

/** What it is, how bad, whose, and since when. */
export function DetailHead({ alert }: { alert: AlertView }) {
  const t = useTranslations("alerts");
  const { kind, order, isGroup, reopened, assignee, supplierName } = alert;
  return (
    <header className="px-gutter grid gap-2 pt-4 pb-4">
      <div className="flex flex-wrap items-center gap-1.5">
        <SeverityBadge severity={alert.severity} look="soft" />
        <AlertStateBadge state={alert.state} look="soft" />
        {isGroup && (
          <Badge icon={<Layers aria-hidden />}>
            {t("detail.group", { count: alert.ordersTotal })}
          </Badge>
        )}
        {reopened > 0 && (
          <Badge tone="look" icon={<RotateCcw aria-hidden />}>
            {t("detail.reopened", { count: reopened })}
          </Badge>
        )}
        {alert.isMock && <MockBadge />}
      </div>
      <h2 id={`alert-${alert.id}`} className="text-lg font-semibold text-balance wrap-anywhere">
        {t(`kind.${kind}.title`)}
        <Subject alert={alert} />
      </h2>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-2">
        {order && (
          <span className="inline-flex items-center gap-2">
            <Link href={`/orders/${order.id}`} className="font-mono">
              {shortId(order.id)}
            </Link>
            <OrderStatusBadge status={order.status} />
          </span>
        )}
        {supplierName && supplierName !== alert.about && <span>{supplierName}</span>}
        <span>
          {t("detail.opened")} <RelativeTime at={alert.openedAt} />
        </span>
        {alert.lastAt !== alert.openedAt && (
          <span>
            {t("detail.last")} <RelativeTime at={alert.lastAt} />
          </span>
        )}
        <span className="inline-flex items-center gap-1">
          {assignee ? (
            <User aria-hidden className="size-3.5" />
          ) : (
            <UserX aria-hidden className="size-3.5" />
          )}
          {assignee ? assignee.name : t("detail.unassigned")}
        </span>
        <LiveStamp heardAt={alert.readAt} />
      </p>
      <DetailStanding alert={alert} />
    </header>
  );
}

/** Of what: the goods of an order, or whatever it is about. */
function Subject({ alert: { order, about, isGroup, supplierName } }: { alert: AlertView }) {
  const name = order?.goods ?? about ?? (isGroup ? supplierName : null);
  return name === null ? null : <span className="ml-2 font-normal text-ink-2">{name}</span>;
}
