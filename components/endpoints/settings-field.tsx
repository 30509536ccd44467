"use client";

import { useTranslations } from "next-intl";
import type { ChannelField } from "#components/endpoints/channel-fields.ts";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Field, type FieldControl } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { Textarea } from "#components/ui/textarea.tsx";

/** What a template's text is filled in with; see `lib/deliveries/channels/telegram-text.ts`. */
const PLACES = "{title}, {story}, {details}, {codes}, {claimUrl}, {url}, {id}, {type}, {time}";

/** A field of a channel's settings, by its description. */
export function SettingsField({
  field,
  value,
  error,
  kept,
  onValue,
}: {
  field: ChannelField;
  value: string;
  error: string | undefined;
  /** It has a secret that nobody is shown: empty means that it stays. */
  kept: boolean;
  onValue: (value: string) => void;
}) {
  // i18n-use: endpoints.field.*
  const t = useTranslations("endpoints.field");
  const all = useTranslations("endpoints");
  const { key, kind, optional = false, placeholder, choices = [] } = field;
  const label = t(`${key}.label` as "url.label");
  const hintKey = `${key}.hint` as "url.hint";
  const hint = t.has(hintKey) ? t(hintKey as "template.hint", { places: PLACES }) : undefined;
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
    name: key,
    value,
    autoComplete: "off",
    autoCapitalize: "none",
    autoCorrect: "off",
    spellCheck: false,
  });
  return (
    <Field
      label={label}
      hint={hint}
      error={error}
      optional={optional && !kept}
      required={!optional && !kept}
    >
      {(control) => {
        if (kind === "choice") {
          return (
            <Select
              {...control}
              name={key}
              value={value}
              onChange={({ target }) => onValue(target.value)}
              options={choices.map((choice) => ({
                value: choice,
                label: all(`choice.${key}.${choice}` as "choice.language.en"),
              }))}
            />
          );
        }
        if (kind === "lines") {
          return (
            <Textarea
              {...common(control)}
              rows={4}
              placeholder={placeholder}
              className="font-mono text-xs"
              onChange={({ target }) => onValue(target.value)}
            />
          );
        }
        return (
          <Input
            {...common(control)}
            type={kind === "secret" ? "password" : "text"}
            {...(kind === "secret" && { autoComplete: "new-password" })}
            {...(kind === "number" && { inputMode: "numeric" })}
            mono={kind !== "addresses" && key !== "from"}
            maxLength={2_048}
            placeholder={kept ? all("form.kept") : placeholder}
            onChange={({ target }) => onValue(target.value)}
          />
        );
      }}
    </Field>
  );
}
