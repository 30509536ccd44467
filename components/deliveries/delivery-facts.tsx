"use client";

import { useTranslations } from "next-intl";
import { EndpointName } from "#components/deliveries/channel.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Definition } from "#components/ui/definition-list.tsx";
import { Link } from "#components/ui/link.tsx";
import { MonoId } from "#components/ui/mono-id.tsx";
import { Section } from "#components/ui/section.tsx";
import { shortId } from "#components/ui/short-id.ts";
import { ExactTime } from "#components/ui/time.tsx";
import type { DeliveryDetail } from "#lib/deliveries/read-delivery.ts";

/** Whom it is for, what it tells of, and when. */
export function DeliveryFacts({ delivery }: { delivery: DeliveryDetail }) {
  const t = useTranslations("deliveryActs.facts");
  const words = useTranslations("deliveries");
  const { endpoint, event, may, resendOfId } = delivery;
  return (
    <Section title={t("title")}>
      <dl className="grid grid-cols-2 gap-x-4 gap-y-3 sm:grid-cols-3 lg:grid-cols-4 xl:grid-cols-2">
        <Definition term={words("endpoint")}>
          {endpoint ? (
            <span className="grid gap-1">
              {may.manage && endpoint.standing !== "deleted" ? (
                <Link href={`/settings/endpoints/${endpoint.id}`} className="min-w-0">
                  <EndpointName name={endpoint.name} channel={endpoint.channel} />
                </Link>
              ) : (
                <EndpointName name={endpoint.name} channel={endpoint.channel} />
              )}
              {endpoint.standing !== "sending" && (
                <span>
                  <Badge tone={endpoint.standing === "deleted" ? "waiting" : "look"}>
                    {t(`standing.${endpoint.standing}`)}
                  </Badge>
                </span>
              )}
              <Link
                href={`/deliveries?endpoint=${endpoint.id}`}
                tone="quiet"
                className="w-fit text-xs"
              >
                {t("allOfEndpoint")}
              </Link>
            </span>
          ) : (
            <span className="text-ink-3">{t("nobody")}</span>
          )}
        </Definition>
        {endpoint && (
          <Definition term={t("gets")}>
            {t(`payload.${endpoint.payload}`)}
            {endpoint.isOrdered && <span className="block text-xs text-ink-2">{t("ordered")}</span>}
          </Definition>
        )}
        {event.orderId && (
          <Definition term={words("order")}>
            <Link href={`/orders/${event.orderId}`} className="font-mono text-xs">
              {shortId(event.orderId)}
            </Link>
            {event.sequence !== null && (
              <span className="ml-2 text-xs text-ink-2">
                {t("sequence", { number: event.sequence })}
              </span>
            )}
          </Definition>
        )}
        <Definition term={t("eventId")}>
          <MonoId value={event.id} copyLabel={t("copyEventId")} />
        </Definition>
        <Definition term={t("happened")}>
          <ExactTime at={event.at} className="whitespace-normal!" />
        </Definition>
        {delivery.finishedAt && (
          <Definition term={t("ended")}>
            <ExactTime at={delivery.finishedAt} className="whitespace-normal!" />
          </Definition>
        )}
        {resendOfId && (
          <Definition term={t("resendOf")}>
            <Link href={`/deliveries/${resendOfId}`} className="font-mono text-xs">
              {shortId(resendOfId)}
            </Link>
          </Definition>
        )}
      </dl>
    </Section>
  );
}
