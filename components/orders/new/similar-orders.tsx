"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Link } from "#components/ui/link.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { SimilarOrder } from "#lib/orders/new-order.ts";

/** The same goods were ordered a moment ago: by whom, for whom, and whether that was not this wish. */
export function SimilarOrders({
  orders,
  wanted,
  onWanted,
}: {
  orders: readonly SimilarOrder[];
  /** It is to be ordered all the same. */
  wanted: boolean;
  onWanted: (wanted: boolean) => void;
}) {
  const t = useTranslations("newOrder.confirm.similar");
  const status = useTranslations("orders.status");
  const box = useRef<HTMLDivElement>(null);
  // The buying button was pressed and can't be any more: the keyboard goes on at the reason.
  useEffect(() => {
    if (orders.length > 0) box.current?.focus();
  }, [orders]);
  return (
    <div ref={box} tabIndex={-1} className="rounded-md outline-offset-2">
      <Notice tone="look" live title={t("title", { count: orders.length })}>
        <p>{t("body")}</p>
        <ul className="mt-1.5 grid gap-1.5">
          {orders.map((order) => (
            <li key={order.id} className="flex flex-wrap items-baseline gap-x-3">
              <span>
                {t.rich(order.customerRef ? "for" : "by", {
                  who: order.placedBy,
                  customer: order.customerRef ?? "",
                  ago: () => <RelativeTime at={order.createdAt} />,
                })}
              </span>
              <span className="text-xs">{status(order.status)}</span>
              <Link href={`/orders/${order.id}`} target="_blank" tone="prose">
                {t("open")}
              </Link>
            </li>
          ))}
        </ul>
        <Checkbox
          className="mt-3 text-ink"
          label={t("wanted")}
          checked={wanted}
          onChange={({ target }) => onWanted(target.checked)}
        />
      </Notice>
    </div>
  );
}
