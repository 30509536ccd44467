"use client";

import { useTranslations } from "next-intl";
import { Link } from "#components/ui/link.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { ResendAnswer } from "#lib/deliveries/resend-delivery.ts";

/** What came of sending it again, with the way to what is new. */
export function ResentNotice({ answer, from }: { answer: ResendAnswer; from: string }) {
  const t = useTranslations("deliveryActs.resent");
  const ids = answer.kind === "revived" ? answer.deliveryIds : [answer.deliveryId];
  const made = ids.filter((id) => id !== from);
  // i18n-use: deliveryActs.resent.*
  return (
    <div className="px-gutter pb-3">
      <Notice tone="done" live title={t(answer.kind, { count: ids.length })}>
        {made.slice(0, 5).map((id) => (
          <Link key={id} tone="prose" href={`/deliveries/${id}`} className="mr-3">
            {t("open")}
          </Link>
        ))}
      </Notice>
    </div>
  );
}
