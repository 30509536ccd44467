"use client";

import { useTranslations } from "next-intl";
import { DeliveriesTable } from "#components/deliveries/deliveries-table.tsx";
import { StaleNotice } from "#components/live/stale-notice.tsx";
import { useLive } from "#components/live/use-live.ts";
import { Link } from "#components/ui/link.tsx";
import { Section } from "#components/ui/section.tsx";
import type { DeliveryPage } from "#lib/deliveries/read-deliveries.ts";

/** Who was told of this order, of what, and what came of it; newest first. */
export function OrderTold({ orderId, initial }: { orderId: string; initial: DeliveryPage }) {
  const t = useTranslations("deliveries.told");
  const live = useLive<DeliveryPage>({
    key: ["deliveries", "order", orderId],
    path: `/api/live/deliveries?order=${orderId}`,
    initial,
  });
  const { rows, next } = live.data ?? initial;
  return (
    <Section
      title={t("title")}
      flush
      action={next && <Link href={`/deliveries?order=${orderId}`}>{t("all")}</Link>}
    >
      <StaleNotice error={live.error} retry={() => void live.refetch()} />
      {rows.length === 0 ? (
        <p className="px-gutter text-ink-2">{t("none")}</p>
      ) : (
        <div className="border-t border-line">
          <DeliveriesTable label={t("title")} rows={rows} ofOrder />
        </div>
      )}
    </Section>
  );
}
