"use client";

import { useTranslations } from "next-intl";
import { type CodeListFilter, isNarrowed } from "#components/codes/code-list-filter.ts";
import type { FilterControl } from "#components/live/use-address-filter.ts";
import { Button } from "#components/ui/button.tsx";
import { FilterChip } from "#components/ui/filter-chip.tsx";
import { shortId } from "#components/ui/short-id.ts";

/** Every filter in force, each with its way out. */
export function CodeChips({
  filter,
  change,
  clear,
  productName,
}: FilterControl<CodeListFilter> & {
  /** Of the chosen product, where it is known. */
  productName: string | undefined;
}) {
  const t = useTranslations("codes");
  if (!isNarrowed(filter)) return null;
  const { product, search, state, expiring, mock } = filter;
  return (
    <div className="px-gutter flex flex-wrap items-center gap-2 pb-3">
      {product && (
        <FilterChip
          label={t("product")}
          value={productName ?? shortId(product)}
          onRemove={() => change({ product: null })}
        />
      )}
      {search && (
        <FilterChip
          label={t("searchChip")}
          value={search}
          onRemove={() => change({ search: "" })}
        />
      )}
      {state.map((one) => (
        <FilterChip
          key={one}
          label={t("state.label")}
          value={t(`state.${one}.word`)}
          onRemove={() => change({ state: state.filter((other) => other !== one) })}
        />
      ))}
      {expiring && (
        <FilterChip
          label={t("only")}
          value={t("expiringSoon")}
          onRemove={() => change({ expiring: false })}
        />
      )}
      {mock && (
        <FilterChip
          label={t("only")}
          value={t("mockCodes")}
          onRemove={() => change({ mock: false })}
        />
      )}
      <Button variant="ghost" size="sm" onClick={clear}>
        {t("clear")}
      </Button>
    </div>
  );
}
