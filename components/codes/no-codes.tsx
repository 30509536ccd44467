"use client";

import { KeyRound, SearchX } from "lucide-react";
import { useTranslations } from "next-intl";
import type { CodeListFilter } from "#components/codes/code-list-filter.ts";
import { Button } from "#components/ui/button.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";

/** Why there is no row to see, and the one way on. */
export function NoCodes({ filter, clear }: { filter: CodeListFilter; clear: () => void }) {
  const t = useTranslations("codes");
  if (filter.search || filter.after) {
    return (
      <EmptyState
        icon={<SearchX aria-hidden />}
        title={t(filter.search ? "noneMatch" : "noneOlder")}
        action={<Button onClick={clear}>{t(filter.search ? "clear" : "newest")}</Button>}
      >
        {filter.search && t("noneMatchBody")}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<KeyRound aria-hidden />}
      title={t(filter.mock ? "noneMock" : "none")}
      action={
        filter.mock ? (
          <Button onClick={clear}>{t("clear")}</Button>
        ) : (
          <ButtonLink href="/orders">{t("orders")}</ButtonLink>
        )
      }
    >
      {t(filter.mock ? "noneMockBody" : "noneBody")}
    </EmptyState>
  );
}
