"use client";

import { KeyRound, SearchX, Upload } from "lucide-react";
import { useTranslations } from "next-intl";
import { type CodeListFilter, isNarrowed } from "#components/codes/code-list-filter.ts";
import { Button } from "#components/ui/button.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";

/** Why there is no row to see, and the one way on. */
export function NoCodes({
  filter,
  clear,
  mayImport,
}: {
  filter: CodeListFilter;
  clear: () => void;
  mayImport: boolean;
}) {
  const t = useTranslations("codes");
  const onlyMock = filter.mock && !isNarrowed({ ...filter, mock: false });
  if (onlyMock && !filter.after) {
    return (
      <EmptyState
        icon={<KeyRound aria-hidden />}
        title={t("noneMock")}
        action={<Button onClick={clear}>{t("clear")}</Button>}
      >
        {t("noneMockBody")}
      </EmptyState>
    );
  }
  if (isNarrowed(filter) || filter.after) {
    const matches = isNarrowed(filter);
    return (
      <EmptyState
        icon={<SearchX aria-hidden />}
        title={t(matches ? "noneMatch" : "noneOlder")}
        action={<Button onClick={clear}>{t(matches ? "clear" : "newest")}</Button>}
      >
        {matches && t("noneMatchBody")}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<KeyRound aria-hidden />}
      title={t("none")}
      action={
        mayImport ? (
          <ButtonLink href="/codes/import" icon={<Upload aria-hidden />}>
            {t("import")}
          </ButtonLink>
        ) : (
          <ButtonLink href="/orders">{t("orders")}</ButtonLink>
        )
      }
    >
      {t("noneBody")}
    </EmptyState>
  );
}
