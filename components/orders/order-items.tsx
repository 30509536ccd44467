"use client";

import { useTranslations } from "next-intl";
import { OrderItem } from "#components/orders/order-item.tsx";
import { useReveal } from "#components/orders/use-reveal.ts";
import { Section } from "#components/ui/section.tsx";
import type { OrderDetail } from "#lib/orders/types.ts";

/** What was ordered, and the codes that came for it. One code is open at a time on the whole page. */
export function OrderItems({ order }: { order: OrderDetail }) {
  const t = useTranslations("orders.items");
  const control = useReveal();
  const hasCodes = order.items.some(({ codes }) => codes.some(({ withheld }) => !withheld));
  return (
    <Section
      title={t("title")}
      description={hasCodes && (order.may.reveal ? t("revealing") : t("mayNot"))}
    >
      <ul className="grid max-w-240 gap-6">
        {order.items.map((item) => (
          <OrderItem key={item.id} item={item} order={order} control={control} />
        ))}
      </ul>
    </Section>
  );
}
