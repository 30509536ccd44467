"use client";

import { useTranslations } from "next-intl";
import { signalLooks } from "#components/orders/status.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { SignalKey } from "#lib/orders/signals.ts";
import type { OrderDetail } from "#lib/orders/types.ts";

/** Told where the order stands already. */
const toldAbove: readonly SignalKey[] = ["unconfirmed", "pay_refused", "codes_short"];

/** What a person should know beyond where the order stands: what it means, and what to do. */
export function OrderSignals({ order }: { order: OrderDetail }) {
  const t = useTranslations("orders.signal");
  const signals = order.openSignals.filter(({ key }) => !toldAbove.includes(key));
  if (signals.length === 0) return null;
  return (
    <ul className="px-gutter grid gap-2 pb-4">
      {signals.map(({ key, openedAt, data }) => {
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
              {t(`${key}.body`)}
            </Notice>
          </li>
        );
      })}
    </ul>
  );
}
