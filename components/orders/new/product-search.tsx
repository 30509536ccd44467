"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { readJson } from "#components/live/read-json.ts";
import { Combobox } from "#components/ui/combobox.tsx";
import { Field } from "#components/ui/field.tsx";
import { Money } from "#components/ui/money.tsx";
import { Select } from "#components/ui/select.tsx";
import type { CategoryView, ProductView } from "#lib/catalog/types.ts";
import { ProductMeta, Stock } from "./product-facts.tsx";
import { useDebounced } from "./use-debounced.ts";

/** A pause in typing that is worth a question to the server. */
const SETTLE_MS = 150;

export type CatalogFilters = { categories: CategoryView[]; regions: string[] };

/** Finds a product by words, category and region, and hands over the one that is chosen. */
export function ProductSearch({
  filters,
  autoFocus,
  onPick,
}: {
  filters: CatalogFilters;
  autoFocus: boolean;
  onPick: (product: ProductView) => void;
}) {
  const t = useTranslations("newOrder.search");
  const [text, setText] = useState("");
  const [category, setCategory] = useState("");
  const [region, setRegion] = useState("");
  const search = useDebounced(text.trim(), SETTLE_MS);
  const query = new URLSearchParams(
    Object.entries({ search, category, region }).filter(([, value]) => value !== ""),
  ).toString();
  const found = useQuery({
    queryKey: ["products", query],
    queryFn: ({ signal }) => readJson<ProductView[]>(`/api/live/products?${query}`, signal),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });

  return (
    // Not part of the form: Enter here chooses a product and never places an order.
    <search className="grid gap-3 grid-cols-2 2xl:grid-cols-[minmax(0,1fr)_11rem_9rem]">
      <Field label={t("label")} className="max-2xl:col-span-2">
        {(control) => (
          <Combobox
            control={control}
            query={text}
            onQueryChange={setText}
            items={found.data ?? []}
            itemKey={(product) => product.id}
            renderItem={(product) => <Option product={product} />}
            onSelect={(product) => {
              setText("");
              onPick(product);
            }}
            loading={search !== text.trim() || found.isPlaceholderData || found.isLoading}
            empty={found.error ? t("failed") : t("empty")}
            placeholder={t("placeholder")}
            listLabel={t("results")}
            autoFocus={autoFocus}
          />
        )}
      </Field>
      <Field label={t("category")}>
        {(control) => (
          <Select
            {...control}
            value={category}
            onChange={(event) => setCategory(event.target.value)}
            placeholder={t("anyCategory")}
            options={filters.categories.map(({ externalId, name, products }) => ({
              value: externalId,
              label: `${name} (${products})`,
            }))}
          />
        )}
      </Field>
      <Field label={t("region")}>
        {(control) => (
          <Select
            {...control}
            value={region}
            onChange={(event) => setRegion(event.target.value)}
            placeholder={t("anyRegion")}
            options={filters.regions.map((name) => ({ value: name, label: name }))}
          />
        )}
      </Field>
    </search>
  );
}

export function focusSearch(): void {
  document.querySelector<HTMLElement>("search input[role=combobox]")?.focus();
}

function Option({ product }: { product: ProductView }) {
  return (
    <span className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-4 gap-y-0.5">
      <span className="font-medium wrap-anywhere">{product.name}</span>
      <Money amount={product.price} currency={product.currency} className="text-end" />
      <ProductMeta product={product} />
      <span className="text-end">
        <Stock product={product} />
      </span>
    </span>
  );
}
