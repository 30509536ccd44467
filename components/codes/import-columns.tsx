"use client";

import { useTranslations } from "next-intl";
import { hiddenText } from "#components/codes/hidden-text.ts";
import {
  type Cells,
  DELIMITERS,
  type Delimiter,
  isEmptyLine,
} from "#components/codes/import-cells.ts";
import {
  COLUMN_USES,
  type ColumnUse,
  type Mapping,
  withUse,
} from "#components/codes/import-mapping.ts";
import { Checkbox, Switch } from "#components/ui/checkbox.tsx";
import { Field } from "#components/ui/field.tsx";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import { Select } from "#components/ui/select.tsx";
import type { DateOrder } from "#lib/codes/expiry-policy.ts";

const SAMPLES = 3;

/** What each column holds, with the first texts of each, hidden unless asked for. */
export function ImportColumns({
  cells,
  delimiter,
  mapping,
  unclearDates,
  shown,
  onDelimiter,
  onMapping,
  onShown,
}: {
  cells: Cells;
  delimiter: Delimiter;
  mapping: Mapping;
  /** Some date could be two. */
  unclearDates: boolean;
  /** Whether texts are shown in clear. */
  shown: boolean;
  onDelimiter: (delimiter: Delimiter) => void;
  onMapping: (mapping: Mapping) => void;
  onShown: (shown: boolean) => void;
}) {
  const t = useTranslations("import.columns");
  const lines = cells.filter((line) => !isEmptyLine(line)).slice(0, SAMPLES + 1);
  const names = mapping.heading ? (lines[0] ?? []) : [];
  const samples = lines.slice(mapping.heading ? 1 : 0).slice(0, SAMPLES);
  const isPlain = (use: ColumnUse) => shown || use === "expiry" || use === "skip";
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-end gap-x-6 gap-y-3">
        <Field label={t("delimiter")} className="w-56">
          {(control) => (
            <Select
              {...control}
              value={delimiter}
              onChange={({ target }) => onDelimiter(target.value as Delimiter)}
              options={DELIMITERS.map((value) => ({ value, label: t(`by.${value}`) }))}
            />
          )}
        </Field>
        <Checkbox
          label={t("heading")}
          checked={mapping.heading}
          onChange={({ target }) => onMapping({ ...mapping, heading: target.checked })}
        />
        <Switch
          label={t("show")}
          checked={shown}
          onChange={({ target }) => onShown(target.checked)}
        />
      </div>
      <ul className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3 2xl:grid-cols-4">
        {mapping.columns.map((use, at) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
            key={at}
            className="grid content-start gap-1.5 rounded-md border border-line-strong p-3"
          >
            <Field label={names[at]?.trim().slice(0, 80) || t("column", { number: at + 1 })}>
              {(control) => (
                <Select
                  {...control}
                  value={use}
                  onChange={({ target }) => {
                    const columns = withUse(mapping.columns, at, target.value as ColumnUse);
                    onMapping({ ...mapping, columns });
                  }}
                  options={COLUMN_USES.map((value) => ({ value, label: t(`use.${value}`) }))}
                />
              )}
            </Field>
            <ul className="grid gap-0.5 font-mono text-xs text-ink-2">
              {samples.map((line, row) => {
                const text = (line[at] ?? "").trim();
                return (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
                  <li key={row} className="truncate">
                    {text === "" ? "–" : isPlain(use) ? text.slice(0, 200) : hiddenText(text)}
                  </li>
                );
              })}
            </ul>
          </li>
        ))}
      </ul>
      {(unclearDates || mapping.dateOrder !== null) && (
        <RadioGroup
          legend={t("dates")}
          name="date-order"
          value={mapping.dateOrder ?? ""}
          onValueChange={(order) => onMapping({ ...mapping, dateOrder: order as DateOrder })}
          options={[
            { value: "day_first", label: t("dayFirst") },
            { value: "month_first", label: t("monthFirst") },
          ]}
        />
      )}
    </div>
  );
}
