"use client";

import { useTranslations } from "next-intl";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { NumberField } from "#components/ui/number-field.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { HIGHEST_RATE, LONGEST_KEY_NAME } from "#lib/api/key-policy.ts";

type Props = {
  value: string;
  onValue: (value: string) => void;
  /** Names of fields that the server didn't take. */
  refused: readonly string[];
};

/** What people know a key by. */
export function NameField({ value, onValue, refused }: Props) {
  const t = useTranslations("apiKeys");
  const error = refused.includes("name") && t("wrong.name");
  return (
    <Field label={t("create.name")} hint={t("create.nameHint")} error={error} required>
      {(control) => (
        <Input
          {...control}
          data-autofocus
          autoComplete="off"
          maxLength={LONGEST_KEY_NAME}
          value={value}
          onChange={({ target }) => onValue(target.value)}
        />
      )}
    </Field>
  );
}

/** From where it may come, one address or net a line. */
export function FromField({ value, onValue, refused }: Props) {
  const t = useTranslations("apiKeys");
  const error = refused.includes("allowedFrom") && t("wrong.allowedFrom");
  return (
    <Field label={t("create.from")} hint={t("create.fromHint")} error={error} optional>
      {(control) => (
        <Textarea
          {...control}
          rows={2}
          spellCheck={false}
          className="font-mono text-xs"
          value={value}
          onChange={({ target }) => onValue(target.value)}
        />
      )}
    </Field>
  );
}

/** How often it may ask. */
export function RateField({ value, onValue, refused }: Props) {
  const t = useTranslations("apiKeys");
  const error = refused.includes("ratePerMinute") && t("wrong.ratePerMinute");
  return (
    <Field label={t("create.rate")} error={error}>
      {(control) => (
        <NumberField
          {...control}
          min={1}
          max={HIGHEST_RATE}
          value={value}
          onValueChange={onValue}
        />
      )}
    </Field>
  );
}
