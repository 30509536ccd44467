"use client";

import { useTranslations } from "next-intl";
import type { KindField } from "#components/supplier-settings/kind-fields.ts";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Field, type FieldControl } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { Textarea } from "#components/ui/textarea.tsx";

/** Longer ones are no addresses, names or keys. */
const LONGEST_LINE = 2_048;

/** A field of a kind's configuration, by its description. */
export function KindFieldControl({
  field,
  value,
  error,
  onValue,
}: {
  field: KindField;
  value: string;
  error: string | undefined;
  onValue: (value: string) => void;
}) {
  // i18n-use: supplierSettings.field.*
  // i18n-use: supplierSettings.choice.*
  const t = useTranslations("supplierSettings.field");
  const choice = useTranslations("supplierSettings.choice");
  const { word, kind, path, placeholder, choices = [] } = field;
  const label = t(`${word}.label` as "baseUrl.label");
  const hintKey = `${word}.hint` as "baseUrl.hint";
  const hint = t.has(hintKey) ? t(hintKey) : undefined;
  const mayBeEmpty = field.optional === true || field.made === true;
  if (kind === "flag") {
    return (
      <Checkbox
        label={label}
        hint={hint}
        checked={value === "1"}
        onChange={({ target }) => onValue(target.checked ? "1" : "")}
      />
    );
  }
  const common = (control: FieldControl) => ({
    ...control,
    name: path,
    value,
    placeholder,
    autoComplete: kind === "secret" ? "new-password" : "off",
    autoCapitalize: "none",
    autoCorrect: "off",
    spellCheck: false,
  });
  return (
    <Field label={label} hint={hint} error={error} optional={mayBeEmpty} required={!mayBeEmpty}>
      {(control) => {
        if (kind === "choice" || kind === "choices") {
          return (
            <Select
              {...control}
              name={path}
              value={value}
              onChange={({ target }) => onValue(target.value)}
              options={choices.map((one) => ({
                value: one,
                label: choice(`${word}.${one.replaceAll(",", "_")}` as "auth_by.bearer"),
              }))}
            />
          );
        }
        if (kind === "pairs" || kind === "rows" || kind === "key") {
          return (
            <Textarea
              {...common(control)}
              rows={kind === "key" ? 5 : 3}
              className="font-mono text-xs"
              onChange={({ target }) => onValue(target.value)}
            />
          );
        }
        return (
          <Input
            {...common(control)}
            type={kind === "secret" ? "password" : "text"}
            mono
            maxLength={LONGEST_LINE}
            onChange={({ target }) => onValue(target.value)}
          />
        );
      }}
    </Field>
  );
}
