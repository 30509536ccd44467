"use client";

import { useTranslations } from "next-intl";
import { Link } from "#components/ui/link.tsx";
import type { OrderDetail } from "#lib/orders/types.ts";

/** From an order to where people work on what is wrong with it. A group tells of several signals: each alert once. */
export function AlertLinks({ signals }: { signals: OrderDetail["openSignals"] }) {
  const t = useTranslations("orders");
  const alerts = new Map(
    signals.flatMap(({ key, alertId }) => (alertId ? [[alertId, key] as const] : [])),
  );
  return [...alerts].map(([alertId, key]) => (
    <Link key={alertId} href={`/alerts/${alertId}`} className="inline-flex min-h-6 items-center">
      {t("order.alert", { signal: t(`signal.${key}.word`) })}
    </Link>
  ));
}
