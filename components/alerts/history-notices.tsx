"use client";

import { useTranslations } from "next-intl";
import { DeliveryStateBadge } from "#components/deliveries/delivery-state.tsx";
import { Link } from "#components/ui/link.tsx";
import { Section } from "#components/ui/section.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { AlertNotice } from "#lib/alerts/types.ts";
import { DELIVERY_STATES } from "#lib/deliveries/lifecycle.ts";

/** More than these help nobody; each stands among the deliveries. */
const MOST = 10;

/** Who was told of it, and whether that arrived. */
export function HistoryNotices({ notices }: { notices: readonly AlertNotice[] }) {
  const t = useTranslations("alerts.history");
  return (
    <Section title={t("notices")}>
      <ul className="grid max-w-200 grid-cols-[1fr_auto_auto] gap-x-3 gap-y-1">
        {notices.slice(0, MOST).map(({ at, to, state, deliveryId }) => {
          const known = DELIVERY_STATES.find((one) => one === state);
          return (
            <li
              key={`${at} ${to} ${deliveryId}`}
              className="col-span-full grid grid-cols-subgrid items-center"
            >
              <span className="wrap-anywhere">
                {deliveryId ? <Link href={`/deliveries/${deliveryId}`}>{to}</Link> : to}
              </span>
              {known ? <DeliveryStateBadge state={known} /> : <span />}
              <span className="text-right text-xs text-ink-3">
                <RelativeTime at={at} />
              </span>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
