"use client";

import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { shortId } from "#components/ui/short-id.ts";
import type { AlertView } from "#lib/alerts/types.ts";

/**
 * Each sentence takes a name, a number of orders, or neither. One kind of each stands for all: with the type of
 * every kind's values the compiler is busy for minutes.
 */
type ToldOf = Extract<AlertView["kind"], "supplier_slow" | "order_failed">;

/** What happened, and what will break if nobody does anything. */
export function DetailStory({ alert }: { alert: AlertView }) {
  const t = useTranslations("alerts");
  const { kind, about, supplierName, subject, isGroup, standing } = alert;
  return (
    <div className="px-gutter grid max-w-prose gap-2 pb-4 text-pretty">
      <p>
        {t(`kind.${kind}.what` as `kind.${ToldOf}.what`, {
          name: about ?? supplierName ?? shortId(subject),
          orders: isGroup ? Math.max(1, standing) : 1,
        })}
      </p>
      <p className="flex gap-2">
        <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-look-solid" />
        <span className="min-w-0 text-ink-2">
          <span className="font-medium text-ink">{t("detail.risk")}</span> {t(`kind.${kind}.risk`)}
        </span>
      </p>
    </div>
  );
}
