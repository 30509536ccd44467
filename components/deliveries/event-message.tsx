"use client";

import { useTranslations } from "next-intl";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { Section } from "#components/ui/section.tsx";
import type { DeliveryDetail } from "#lib/deliveries/read-delivery.ts";

const addsMaterial = ["order.completed", "order.partial"];

/** What is told, as JSON, but for codes and claim links: those are added while it is sent. */
export function EventMessage({ delivery }: { delivery: DeliveryDetail }) {
  const t = useTranslations("deliveryActs.message");
  const { event, endpoint } = delivery;
  const payload = endpoint?.payload ?? "thin";
  const added = payload !== "thin" && addsMaterial.includes(event.type);
  return (
    <Section title={t("title")} description={added ? t(`added.${payload}`) : null}>
      <CodeBlock
        text={JSON.stringify(event.payload, null, 2)}
        label={t("label")}
        copyLabel={t("copy")}
        className="max-w-240"
      />
    </Section>
  );
}
