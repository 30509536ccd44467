"use client";

import { clsx } from "clsx";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { OrderStatusBadge } from "#components/orders/status.tsx";
import { Button } from "#components/ui/button.tsx";
import { Section } from "#components/ui/section.tsx";
import { shortId } from "#components/ui/short-id.ts";
import { RelativeTime } from "#components/ui/time.tsx";
import { ALERT_KINDS } from "#lib/alerts/alert-policy.ts";
import type { AlertView } from "#lib/alerts/types.ts";

/** More than these are shown only when asked for. */
const FIRST = 8;

/** The orders of a group; the chosen one is what stands below, and what the buttons act upon. */
export function DetailOrders({
  alert: { kind, orders, ordersTotal, standing },
  chosen,
  onChoose,
}: {
  alert: AlertView;
  chosen: string | null;
  onChoose: (orderId: string) => void;
}) {
  const t = useTranslations("alerts.detail");
  const word = useTranslations("alerts.kind");
  const [all, setAll] = useState(false);
  return (
    <Section
      flush
      title={t("orders", { count: ordersTotal })}
      description={
        <>
          {t("ordersStanding", { standing: Math.min(standing, ordersTotal) })}{" "}
          {ALERT_KINDS[kind].about === "order" && t("ordersChosen")}
        </>
      }
    >
      <ul className="border-t border-line">
        {(all ? orders : orders.slice(0, FIRST)).map(
          ({ id, kind: its, goods, status, signalOpenedAt, clearedAt }) => (
            <li key={id} className="border-b border-line">
              <button
                type="button"
                aria-pressed={id === chosen}
                onClick={() => onChoose(id)}
                className={clsx(
                  "px-gutter flex min-h-(--row) w-full flex-wrap items-center gap-x-3 gap-y-0.5 py-1 text-left hover:bg-hover",
                  id === chosen && "bg-accent-soft",
                )}
              >
                <span className="min-w-32 flex-1 truncate">{goods}</span>
                <code className="font-mono text-xs text-ink-2">{shortId(id)}</code>
                {its !== kind && <span className="text-xs text-ink-2">{word(`${its}.title`)}</span>}
                <OrderStatusBadge status={status} />
                <span className="text-xs text-ink-3">
                  {clearedAt ? t("orderOver") : null}{" "}
                  <RelativeTime at={clearedAt ?? signalOpenedAt} focusable={false} />
                </span>
              </button>
            </li>
          ),
        )}
      </ul>
      {!all && orders.length > FIRST && (
        <div className="px-gutter pt-3">
          <Button size="sm" onClick={() => setAll(true)}>
            {t("ordersAll", { count: orders.length })}
          </Button>
        </div>
      )}
      {all && ordersTotal > orders.length && (
        <p className="px-gutter pt-3 text-xs text-ink-2">
          {t("ordersMore", { count: ordersTotal - orders.length })}
        </p>
      )}
    </Section>
  );
}
