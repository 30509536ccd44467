"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ProductChoice } from "#components/endpoints/endpoint-draft.ts";
import { readJson } from "#components/live/read-json.ts";
import { useDebounced } from "#components/orders/new/use-debounced.ts";
import { Combobox } from "#components/ui/combobox.tsx";
import { Field } from "#components/ui/field.tsx";
import { FilterChip } from "#components/ui/filter-chip.tsx";
import type { StockProductOption } from "#lib/codes/find-stock-products.ts";

const SETTLE_MS = 150;

/** Products whose events it is told; none are all. */
export function ProductPicker({
  products,
  error,
  onChange,
}: {
  products: readonly ProductChoice[];
  error: string | undefined;
  onChange: (products: ProductChoice[]) => void;
}) {
  const t = useTranslations("endpoints.products");
  const [query, setQuery] = useState("");
  const search = useDebounced(query.trim(), SETTLE_MS);
  const found = useQuery({
    queryKey: ["stock_products", search],
    queryFn: ({ signal }) =>
      readJson<StockProductOption[]>(
        `/api/live/stock-products?${new URLSearchParams({ search })}`,
        signal,
      ),
    enabled: search !== "",
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
  const chosen = new Set(products.map(({ id }) => id));
  const items = search === "" ? [] : (found.data ?? []).filter(({ id }) => !chosen.has(id));
  return (
    <div className="grid gap-2">
      <Field label={t("label")} hint={t("hint")} error={error} optional>
        {(control) => (
          <Combobox
            control={control}
            query={query}
            onQueryChange={setQuery}
            items={items}
            itemKey={({ id }) => id}
            renderItem={(item) => <OptionName option={item} />}
            onSelect={(item) => {
              onChange([...products, { id: item.id, name: nameOf(item) }]);
              setQuery("");
            }}
            loading={found.isFetching || search !== query.trim()}
            empty={t("empty")}
            placeholder={t("placeholder")}
            listLabel={t("list")}
          />
        )}
      </Field>
      {products.length > 0 && (
        <ul className="flex flex-wrap gap-1.5">
          {products.map(({ id, name }) => (
            <li key={id} className="min-w-0">
              <FilterChip
                label={t("chip")}
                value={name}
                onRemove={() => onChange(products.filter((product) => product.id !== id))}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Many names have their region in them. */
const nameOf = ({ name, region }: StockProductOption): string =>
  region && !name.includes(region) ? `${name} (${region})` : name;

function OptionName({ option }: { option: StockProductOption }) {
  return (
    <span className="flex min-w-0 items-baseline justify-between gap-3">
      <span className="truncate">{nameOf(option)}</span>
      {option.supplierName && (
        <span className="shrink-0 text-xs text-ink-3">{option.supplierName}</span>
      )}
    </span>
  );
}
