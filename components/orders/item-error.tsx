"use client";

import { useTranslations } from "next-intl";
import { SupplierWords } from "#components/orders/supplier-words.tsx";
import { Notice } from "#components/ui/notice.tsx";

/** Why the supplier could not deliver an item, in its own words. */
export function ItemError({ error }: { error: string }) {
  const t = useTranslations("orders");
  return (
    <Notice tone="risk" title={t("items.error")}>
      <SupplierWords label={t("standing.says")} words={error} />
    </Notice>
  );
}
