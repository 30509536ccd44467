"use client";

import { Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import type { LineDraft } from "#components/supplier-settings/limits-draft.ts";
import type { LimitsFieldsProps } from "#components/supplier-settings/limits-fields.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Input } from "#components/ui/input.tsx";

const columns = ["currency", "lowAt", "okAt", "criticalAt"] as const;

/** Below what a currency's balance is low, a line each. */
export function BalanceLines({ draft: { lines }, errorAt, onChange }: LimitsFieldsProps) {
  // i18n-use: supplierSettings.limits.line.*
  const t = useTranslations("supplierSettings.limits.line");
  const change = (index: number, to: Partial<LineDraft>) =>
    onChange({ lines: lines.map((line, at) => (at === index ? { ...line, ...to } : line)) });
  return (
    <div className="grid max-w-176 gap-3">
      {lines.map((line, index) => {
        const error = errorAt(`lines.${index}`);
        return (
          <fieldset
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name before one is typed
            key={index}
            className="grid min-w-0 grid-cols-2 items-start gap-3 sm:grid-cols-[1fr_1fr_1fr_1fr_auto]"
          >
            <legend className="sr-only">{t("legend", { number: index + 1 })}</legend>
            {columns.map((column) => (
              <Field
                key={column}
                label={t(column)}
                error={column === "currency" && error}
                optional={column === "okAt" || column === "criticalAt"}
              >
                {(control) => (
                  <Input
                    {...control}
                    autoComplete="off"
                    inputMode={column === "currency" ? "text" : "decimal"}
                    maxLength={20}
                    value={line[column]}
                    onChange={({ target }) => change(index, { [column]: target.value })}
                  />
                )}
              </Field>
            ))}
            <IconButton
              label={t("remove", { number: index + 1 })}
              className="sm:mt-5"
              onClick={() => onChange({ lines: lines.filter((_, at) => at !== index) })}
            >
              <Trash2 aria-hidden />
            </IconButton>
          </fieldset>
        );
      })}
      <div>
        <Button
          icon={<Plus aria-hidden />}
          onClick={() =>
            onChange({
              lines: [...lines, { currency: "", lowAt: "", okAt: "", criticalAt: "" }],
            })
          }
        >
          {t("add")}
        </Button>
      </div>
    </div>
  );
}
