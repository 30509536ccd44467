"use client";

import { useTranslations } from "next-intl";
import { lazy, Suspense } from "react";
import { RevealLayer } from "#components/codes/reveal-layer.tsx";
import { useReveal } from "#components/codes/use-reveal.ts";
import { OrderItem } from "#components/orders/order-item.tsx";
import { Section } from "#components/ui/section.tsx";
import type { OrderDetail } from "#lib/orders/types.ts";

// Rendered with the page, but its code comes after.
const HandOutReserved = lazy(async () => ({
  default: (await import("#components/orders/hand-out-reserved.tsx")).HandOutReserved,
}));

/** What was ordered, and the codes that came for it. One code is open at a time on the whole page. */
export function OrderItems({ order }: { order: OrderDetail }) {
  const t = useTranslations("orders.items");
  const control = useReveal();
  const hasCodes = order.items.some(({ codes }) => codes.some(({ state }) => state !== "withheld"));
  return (
    <Section
      title={t("title")}
      description={hasCodes && (order.may.reveal ? t("revealing") : t("mayNot"))}
      action={
        <Suspense>
          <HandOutReserved order={order} />
        </Suspense>
      }
    >
      <ul className="grid max-w-240 gap-6">
        {order.items.map((item) => (
          <OrderItem key={item.id} item={item} order={order} control={control} />
        ))}
      </ul>
      <RevealLayer control={control} />
    </Section>
  );
}
