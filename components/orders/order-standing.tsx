"use client";

import { useFormatter, useTranslations } from "next-intl";
import { lazy, Suspense, useId } from "react";
import { ProgressStrip } from "#components/orders/progress-strip.tsx";
import { isRefusalClass } from "#components/orders/refusal-classes.ts";
import { lastOf, standingOf } from "#components/orders/standing.ts";
import { SupplierWords } from "#components/orders/supplier-words.tsx";
import type { OrderPageView } from "#lib/reconcile/types.ts";

// Rendered with the page, but its code comes after.
const LookLine = lazy(async () => ({
  default: (await import("#components/orders/look-line.tsx")).LookLine,
}));

// Few orders are paid there.
const PaymentPageLink = lazy(async () => ({
  default: (await import("#components/orders/payment-page-link.tsx")).PaymentPageLink,
}));

/** Where the order stands, what that means, and what happens next. */
export function OrderStanding({ order }: { order: OrderPageView }) {
  const t = useTranslations("orders.standing");
  const standing = standingOf(order);
  const id = useId();
  return (
    <section aria-labelledby={id} className="px-gutter grid gap-4 border-t border-line py-4">
      <div className="grid max-w-prose gap-1.5">
        <h2 id={id} className="text-lg font-semibold">
          {t(`${standing}.title`, {
            count: order.codesStored,
            got: order.codesStored,
            expected: order.codesExpected,
          })}
        </h2>
        <p className="text-pretty text-ink-2">
          <Why order={order} /> {t(`${standing}.body`)} <Until order={order} />
        </p>
        <Quoted order={order} />
      </div>
      <Suspense>{order.may.openPaymentPage && <PaymentPageLink orderId={order.id} />}</Suspense>
      <ProgressStrip order={order} />
      <Suspense>
        <LookLine order={order} />
      </Suspense>
    </section>
  );
}

/** The reason in our words, where the supplier gave one that we know. */
function Why({ order }: { order: OrderPageView }) {
  const t = useTranslations("orders");
  switch (standingOf(order)) {
    case "rejected":
      return t(`refusal.${classOf(order.rejection?.class)}`);
    case "deferred":
      return t(`refusal.${classOf(lastOf(order.timeline, "create_")?.data.class)}`);
    case "payRefused":
      return t(`refusal.${classOf(lastOf(order.timeline, "pay_")?.data.class)}`);
    case "cancelledPaid":
    case "cancelledUnpaid": {
      const { cancelReason } = order;
      return isKnownReason(cancelReason) ? t(`standing.cancelReason.${cancelReason}`) : null;
    }
    default:
      return null;
  }
}

/** How long the supplier waits for its money. */
function Until({ order }: { order: OrderPageView }) {
  const t = useTranslations("orders.standing");
  const format = useFormatter();
  if (order.status !== "awaiting_payment" || !order.paymentExpiresAt) return null;
  const time = format.dateTime(new Date(order.paymentExpiresAt), "time");
  return <span suppressHydrationWarning>{t("payUntil", { time })}</span>;
}

/** The supplier's own words, as they are. */
function Quoted({ order }: { order: OrderPageView }) {
  const t = useTranslations("orders.standing");
  switch (standingOf(order)) {
    case "rejected":
      return (
        <SupplierWords
          label={t("says")}
          words={order.rejection?.detail ?? ""}
          code={order.rejection?.code ?? null}
        />
      );
    case "givenUp":
      return <SupplierWords label={t("becauseOf")} words={order.rejection?.detail ?? ""} />;
    case "deferred":
    case "payRefused": {
      const family = order.status === "submitting" ? "create_" : "pay_";
      const { detail, code } = lastOf(order.timeline, family)?.data ?? {};
      return (
        <SupplierWords
          label={t("says")}
          words={String(detail ?? "")}
          code={code ? String(code) : null}
        />
      );
    }
    case "cancelledPaid":
    case "cancelledUnpaid":
      if (!order.cancelReason || isKnownReason(order.cancelReason)) return null;
      return <SupplierWords label={t("cancelReason.other")} words={order.cancelReason} />;
    default:
      return null;
  }
}

const classOf = (given: unknown) => (isRefusalClass(given) ? given : "unknown");

const cancelReasons = ["payment_expiration", "payment_failure", "user_request"] as const;

function isKnownReason(reason: string | null): reason is (typeof cancelReasons)[number] {
  return cancelReasons.some((known) => known === reason);
}
