"use client";

import { useTranslations } from "next-intl";
import { OrderStatusBadge } from "#components/orders/status.tsx";
import { EvidencePart } from "#components/reconcile/evidence-part.tsx";
import { Link } from "#components/ui/link.tsx";
import { shortId } from "#components/ui/short-id.ts";
import { RelativeTime } from "#components/ui/time.tsx";
import { ORDER_STATUSES } from "#lib/orders/lifecycle.ts";
import type { Evidence } from "#lib/reconcile/types.ts";

/** Other orders for the same goods, which wait for this one. */
export function Twins({ twins }: { twins: Evidence["twins"] }) {
  const t = useTranslations("reconcile.twins");
  if (twins.length === 0) return null;
  return (
    <EvidencePart title={t("title", { count: twins.length })}>
      <ul className="px-gutter grid gap-1">
        {twins.map(({ orderId, status, createdAt }) => {
          const known = ORDER_STATUSES.find((one) => one === status);
          return (
            <li key={orderId} className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <Link href={`/orders/${orderId}`} className="font-mono text-xs">
                {shortId(orderId)}
              </Link>
              {known ? <OrderStatusBadge status={known} /> : status}
              <span className="text-xs text-ink-3">
                <RelativeTime at={createdAt} />
              </span>
            </li>
          );
        })}
      </ul>
    </EvidencePart>
  );
}
