"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { readJson } from "#components/live/read-json.ts";
import { useDebounced } from "#components/orders/new/use-debounced.ts";
import { Combobox } from "#components/ui/combobox.tsx";
import { Field } from "#components/ui/field.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Input } from "#components/ui/input.tsx";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import type { StockProductOption } from "#lib/codes/find-stock-products.ts";
import { LONGEST_NAME } from "#lib/codes/import-policy.ts";
import type { Target, TargetProblem } from "./import-wish.ts";

const SETTLE_MS = 150;

/** What the codes are, what each cost, and what the import is called. */
export function ImportTarget({
  target,
  problems,
  onChange,
}: {
  target: Target;
  /** Shown once somebody wanted to import. */
  problems: readonly TargetProblem[];
  onChange: (target: Target) => void;
}) {
  const t = useTranslations("import.target");
  const change = (facts: Partial<Target>) => onChange({ ...target, ...facts });
  const error = (problem: TargetProblem) => problems.includes(problem) && t(`problem.${problem}`);
  return (
    <div className="grid max-w-160 gap-4">
      <SegmentedControl
        label={t("which")}
        value={target.isNew ? "new" : "known"}
        onValueChange={(which) => change({ isNew: which === "new" })}
        options={[
          { value: "known", label: t("known") },
          { value: "new", label: t("new") },
        ]}
      />
      {target.isNew ? (
        <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_11rem]">
          <Field label={t("name")} error={error("name")} hint={t("nameHint")}>
            {(control) => (
              <Input
                {...control}
                autoComplete="off"
                maxLength={LONGEST_NAME}
                value={target.name}
                onChange={(event) => change({ name: event.target.value })}
              />
            )}
          </Field>
          <Field label={t("region")} optional>
            {(control) => (
              <Input
                {...control}
                autoComplete="off"
                maxLength={LONGEST_NAME}
                value={target.region}
                onChange={(event) => change({ region: event.target.value })}
              />
            )}
          </Field>
        </div>
      ) : target.product ? (
        <p className="flex items-center gap-2 rounded-md border border-line-strong px-3 py-1.5">
          <ProductName product={target.product} />
          <IconButton label={t("other")} onClick={() => change({ product: null })}>
            <X aria-hidden />
          </IconButton>
        </p>
      ) : (
        <ProductField error={error("product")} onPick={(product) => change({ product })} />
      )}
      <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_11rem]">
        <Field label={t("cost")} optional error={error("cost")} hint={t("costHint")}>
          {(control) => (
            <Input
              {...control}
              inputMode="decimal"
              autoComplete="off"
              maxLength={20}
              value={target.cost}
              onChange={(event) => change({ cost: event.target.value })}
            />
          )}
        </Field>
        <Field label={t("currency")} error={error("currency")}>
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              maxLength={5}
              value={target.currency}
              onChange={(event) => change({ currency: event.target.value.toUpperCase() })}
            />
          )}
        </Field>
      </div>
      <Field label={t("source")} error={error("source")} hint={t("sourceHint")}>
        {(control) => (
          <Input
            {...control}
            autoComplete="off"
            maxLength={LONGEST_NAME}
            value={target.source}
            onChange={(event) => change({ source: event.target.value })}
          />
        )}
      </Field>
    </div>
  );
}

function ProductField({
  error,
  onPick,
}: {
  error: string | false;
  onPick: (product: StockProductOption) => void;
}) {
  const t = useTranslations("import.target");
  const [text, setText] = useState("");
  const search = useDebounced(text.trim(), SETTLE_MS);
  const found = useQuery({
    queryKey: ["codes", "products", search],
    queryFn: ({ signal }) =>
      readJson<StockProductOption[]>(
        `/api/live/stock-products?${new URLSearchParams({ search })}`,
        signal,
      ),
    placeholderData: keepPreviousData,
  });
  return (
    <Field label={t("product")} error={error}>
      {(control) => (
        <Combobox
          control={control}
          query={text}
          onQueryChange={setText}
          items={found.data ?? []}
          itemKey={({ id }) => id}
          renderItem={(product) => <ProductName product={product} />}
          onSelect={onPick}
          loading={search !== text.trim() || found.isPlaceholderData || found.isLoading}
          empty={found.error ? t("searchFailed") : t("noProduct")}
          placeholder={t("search")}
          listLabel={t("products")}
        />
      )}
    </Field>
  );
}

function ProductName({ product: { name, region, supplierName } }: { product: StockProductOption }) {
  const t = useTranslations("import.target");
  return (
    <span className="min-w-0 flex-1 wrap-anywhere">
      <span className="font-medium">{name}</span>
      <span className="text-ink-2">
        {region && ` · ${region}`} · {supplierName ?? t("own")}
      </span>
    </span>
  );
}
