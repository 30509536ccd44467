"use client";

import { CircleDot, RotateCcw } from "lucide-react";
import { useTranslations } from "next-intl";
import { Section } from "#components/ui/section.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import { Timeline, TimelineItem } from "#components/ui/timeline.tsx";
import type { DeliveryDetail } from "#lib/deliveries/read-delivery.ts";

const known = ["resent", "hastened", "revived"] as const;

/** What people did to it, oldest first. */
export function DeliveryHistory({ delivery }: { delivery: DeliveryDetail }) {
  const t = useTranslations("deliveryActs.history");
  // i18n-use: deliveryActs.history.*
  return (
    <Section title={t("title")}>
      <div className="grid max-w-200">
        <Timeline label={t("title")}>
          {delivery.acts.map(({ id, action, at, actor, reason }) => {
            const what = known.find((one) => action === `delivery.${one}`);
            return (
              <TimelineItem
                key={id}
                icon={what ? <RotateCcw aria-hidden /> : <CircleDot aria-hidden />}
                title={what ? t(what) : <code className="font-mono text-xs">{action}</code>}
                at={<RelativeTime at={at} />}
                by={actor}
              >
                {reason}
              </TimelineItem>
            );
          })}
        </Timeline>
      </div>
    </Section>
  );
}
