"use client";

import { useTranslations } from "next-intl";
import { isReason } from "#components/deliveries/reasons.ts";
import { Notice } from "#components/ui/notice.tsx";
import type { DeliveryDetail } from "#lib/deliveries/read-delivery.ts";

/** Where it stands where that needs more than a word: why, what it means, and what to do. */
export function DeliveryStanding({ delivery }: { delivery: DeliveryDetail }) {
  const t = useTranslations("deliveryActs");
  const words = useTranslations("deliveries");
  const { state, reason, note, endpoint } = delivery;
  if (state === "success") return null;
  if (state === "pending") {
    if (!endpoint || endpoint.standing === "sending") return null;
    return (
      <div className="px-gutter border-t border-line py-4">
        <Notice
          tone="look"
          title={
            <span className="inline-block first-letter:uppercase">
              {words(`waits.${endpoint.standing}`)}
            </span>
          }
        >
          {t(`standing.${endpoint.standing}`)}
        </Notice>
      </div>
    );
  }
  const known = reason !== null && isReason(reason) ? reason : null;
  return (
    <div className="px-gutter border-t border-line py-4">
      <Notice
        tone={state === "failed" ? "risk" : "info"}
        title={known ? words(`reason.${known}`) : reason}
      >
        {known && t(`meaning.${known}`)}
        {note && (
          <>
            {" "}
            <q>{note}</q>
          </>
        )}
        {state === "failed" && ` ${t("failedAfter", { count: delivery.tries })}`}
      </Notice>
    </div>
  );
}
