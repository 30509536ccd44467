"use client";

import { CircleCheck, ListX, SearchX } from "lucide-react";
import { useTranslations } from "next-intl";
import type { SupplierOrderListFilter } from "#components/supplier-orders/list-filter.ts";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";

/** Why there is no row to see, and the one way on. */
export function NoSupplierOrders({
  filter: { show, search, after },
  clear,
}: {
  filter: SupplierOrderListFilter;
  clear: () => void;
}) {
  const t = useTranslations("supplierOrders.none");
  if (search || after) {
    return (
      <EmptyState
        icon={<SearchX aria-hidden />}
        title={t(search ? "match" : "older")}
        action={<Button onClick={clear}>{t(search ? "clear" : "newest")}</Button>}
      >
        {search && t("matchBody")}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={show === "nobody" ? <CircleCheck aria-hidden /> : <ListX aria-hidden />}
      title={t(`${show}.title`)}
      {...(show !== "nobody" && { action: <Button onClick={clear}>{t("back")}</Button> })}
    >
      {t(`${show}.body`)}
    </EmptyState>
  );
}
