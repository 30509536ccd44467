"use client";

import { ScrollText, SearchX } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";

/** Why there is no row to see, and the one way on. */
export function NoOrders({
  narrowed,
  older,
  clear,
  placeLink,
}: {
  /** A filter is in force. */
  narrowed: boolean;
  /** This is a page beyond the newest. */
  older: boolean;
  clear: () => void;
  placeLink: ReactNode;
}) {
  const t = useTranslations("orders.list");
  if (narrowed || older) {
    return (
      <EmptyState
        icon={<SearchX aria-hidden />}
        title={t(narrowed ? "noneMatch" : "noneOlder")}
        action={<Button onClick={clear}>{t(narrowed ? "clear" : "newest")}</Button>}
      >
        {narrowed && t("noneMatchBody")}
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={<ScrollText aria-hidden />} title={t("none")} action={placeLink}>
      {t("noneBody")}
    </EmptyState>
  );
}
