"use client";

import { RotateCcw } from "lucide-react";
import { useTranslations } from "next-intl";
import { EndpointName } from "#components/deliveries/channel.tsx";
import { deliveryAct } from "#components/deliveries/delivery-acts.ts";
import { DeliveryStateBadge } from "#components/deliveries/delivery-state.tsx";
import { MockBadge } from "#components/deliveries/mock-badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { LiveStamp } from "#components/ui/live-stamp.tsx";
import { MonoId } from "#components/ui/mono-id.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import type { DeliveryDetail } from "#lib/deliveries/read-delivery.ts";

/** What was told to whom, where it stands, and what can be done about it. */
export function DeliveryHeader({
  delivery,
  onAsk,
}: {
  delivery: DeliveryDetail;
  onAsk: () => void;
}) {
  const t = useTranslations("deliveryActs.page");
  const act = deliveryAct(delivery);
  const { endpoint, event, isMock } = delivery;
  return (
    <PageHeader
      title={
        <span className="flex flex-wrap items-baseline gap-x-3">
          <code className="font-mono text-lg">{event.type}</code>
          {endpoint && (
            <span className="min-w-0 text-lg font-normal text-ink-2">
              <EndpointName name={endpoint.name} channel={endpoint.channel} />
            </span>
          )}
        </span>
      }
      badge={
        <span className="flex flex-wrap items-center gap-1.5">
          <DeliveryStateBadge state={delivery.state} isTrying={delivery.isTrying} look="soft" />
          {isMock && <MockBadge />}
        </span>
      }
      meta={
        <>
          <span className="inline-flex items-center gap-1.5">
            {t("id")}
            <MonoId value={delivery.id} copyLabel={t("copyId")} />
          </span>
          <LiveStamp heardAt={delivery.readAt} />
        </>
      }
      action={
        act && (
          <Button
            variant={delivery.state === "failed" ? "primary" : "secondary"}
            icon={<RotateCcw aria-hidden />}
            onClick={onAsk}
          >
            {t(`act.${act}`)}
          </Button>
        )
      }
    />
  );
}
