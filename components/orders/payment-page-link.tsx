"use client";

import { ExternalLink } from "lucide-react";
import { useTranslations } from "next-intl";
import { buttonClass } from "#components/ui/button-class.ts";

/** To where the supplier wants to be paid. No link of Next's: what it fetches ahead would count as a look. */
export function PaymentPageLink({ orderId }: { orderId: string }) {
  const t = useTranslations("orders.standing");
  return (
    <p>
      <a
        href={`/api/orders/${orderId}/payment-page`}
        target="_blank"
        rel="noreferrer"
        className={buttonClass({ variant: "primary", size: "md" })}
      >
        <ExternalLink aria-hidden className="size-4" />
        {t("openPaymentPage")}
      </a>
    </p>
  );
}
