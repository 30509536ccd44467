"use client";

import { SearchX, Send } from "lucide-react";
import { useTranslations } from "next-intl";
import {
  type DeliveryListFilter,
  isNarrowed,
} from "#components/deliveries/delivery-list-filter.ts";
import { Button } from "#components/ui/button.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";

/** Why there is no row to see, and the one way on. */
export function NoDeliveries({ filter, clear }: { filter: DeliveryListFilter; clear: () => void }) {
  const t = useTranslations("deliveries");
  const narrowed = isNarrowed(filter);
  if (narrowed || filter.after) {
    const onlyAttention = filter.attention && !isNarrowed({ ...filter, attention: false });
    const title = onlyAttention ? "noneAttention" : narrowed ? "noneMatch" : "noneOlder";
    // i18n-use: deliveries.noneAttention i18n-use: deliveries.noneMatch i18n-use: deliveries.noneOlder
    return (
      <EmptyState
        icon={<SearchX aria-hidden />}
        title={t(title)}
        action={<Button onClick={clear}>{t(narrowed ? "clear" : "newest")}</Button>}
      >
        {narrowed && t(onlyAttention ? "noneAttentionBody" : "noneMatchBody")}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<Send aria-hidden />}
      title={t("none")}
      action={<ButtonLink href="/settings/endpoints">{t("toEndpoints")}</ButtonLink>}
    >
      {t("noneBody")}
    </EmptyState>
  );
}
