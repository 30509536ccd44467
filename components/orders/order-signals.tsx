"use client";

import { useTranslations } from "next-intl";
import { signalLooks } from "#components/orders/status.tsx";
import { Link } from "#components/ui/link.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { SignalView } from "#lib/orders/types.ts";

/** What a person should know beyond where the order stands: what it means, and what to do. */
export function OrderSignals({ signals }: { signals: readonly SignalView[] }) {
  const t = useTranslations("orders.signal");
  const orders = useTranslations("orders");
  return (
    <ul className="px-gutter grid gap-2 pb-4">
      {signals.map(({ key, openedAt, alertId, data }) => {
        const { tone, icon } = signalLooks[key];
        return (
          <li key={key}>
            <Notice
              tone={tone === "risk" ? "risk" : "look"}
              icon={icon}
              title={
                <>
                  {t(`${key}.word`)}
                  {data.word ? <q className="ml-1.5">{String(data.word)}</q> : null}
                  <span className="ml-2 text-xs font-normal">
                    <RelativeTime at={openedAt} />
                  </span>
                </>
              }
            >
              {t(`${key}.body`, {
                got: Number(data.got ?? 0),
                expected: Number(data.expected ?? 0),
                count: Number(data.count ?? 1),
              })}
              <Further signal={{ key, data }} />
              {alertId && (
                <Link tone="prose" href={`/alerts/${alertId}`} className="ml-1">
                  {orders("order.openAlert")}
                </Link>
              )}
            </Notice>
          </li>
        );
      })}
    </ul>
  );
}

/** The way to what a signal speaks of. */
function Further({ signal: { key, data } }: { signal: Pick<SignalView, "key" | "data"> }) {
  const t = useTranslations("orders.signal");
  if (key === "code_repeated" && data.orderId) {
    return (
      <Link tone="prose" href={`/orders/${String(data.orderId)}`} className="ml-1">
        {t("code_repeated.open")}
      </Link>
    );
  }
  if (key === "extra_supplier_order" && data.supplierOrderId) {
    const query = new URLSearchParams({ show: "all", search: String(data.supplierOrderId) });
    return (
      <Link tone="prose" href={`/supplier-orders?${query}`} className="ml-1">
        {t("extra_supplier_order.open")}
      </Link>
    );
  }
  return null;
}
