"use client";

import { Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { HeaderDraft } from "#components/endpoints/endpoint-draft.ts";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Field } from "#components/ui/field.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Input } from "#components/ui/input.tsx";

const MOST_HEADERS = 10;

/** Headers of its own that go with each message. */
export function HeaderFields({
  headers,
  errorAt,
  onChange,
}: {
  headers: readonly HeaderDraft[];
  errorAt: (place: string) => string | undefined;
  onChange: (headers: HeaderDraft[]) => void;
}) {
  const t = useTranslations("endpoints.headers");
  const edit = (id: number, to: Partial<HeaderDraft>) =>
    onChange(headers.map((header) => (header.id === id ? { ...header, ...to } : header)));
  const add = () => {
    const id = Math.max(-1, ...headers.map((header) => header.id)) + 1;
    onChange([...headers, { id, name: "", value: "", isSecret: true, kept: false }]);
  };
  return (
    <fieldset className="grid min-w-0 gap-3">
      <legend className="mb-1.5 text-xs font-medium text-ink-2">{t("legend")}</legend>
      {headers.map((header, index) => (
        <div
          key={header.id}
          className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-2 gap-y-2 rounded-md border border-line p-3 sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)_auto]"
        >
          <Field label={t("name")} error={errorAt(`config.headers.${index}.name`)}>
            {(control) => (
              <Input
                {...control}
                mono
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                maxLength={64}
                placeholder="authorization"
                value={header.name}
                onChange={({ target }) => edit(header.id, { name: target.value })}
              />
            )}
          </Field>
          <Field
            label={t("value")}
            error={errorAt(`config.headers.${index}.value`)}
            className="max-sm:col-span-2 max-sm:row-start-2"
          >
            {(control) => (
              <Input
                {...control}
                mono
                type={header.isSecret ? "password" : "text"}
                autoComplete={header.isSecret ? "new-password" : "off"}
                spellCheck={false}
                maxLength={1_024}
                placeholder={header.kept && header.isSecret ? t("kept") : undefined}
                value={header.value}
                onChange={({ target }) => edit(header.id, { value: target.value })}
              />
            )}
          </Field>
          <IconButton
            label={t("remove", { name: header.name })}
            onClick={() => onChange(headers.filter(({ id }) => id !== header.id))}
            className="mt-5 max-sm:col-start-2 max-sm:row-start-1"
          >
            <X aria-hidden />
          </IconButton>
          <Checkbox
            className="col-span-full"
            label={t("secret")}
            checked={header.isSecret}
            onChange={({ target }) => edit(header.id, { isSecret: target.checked })}
          />
        </div>
      ))}
      {headers.length < MOST_HEADERS && (
        <div>
          <Button size="sm" icon={<Plus aria-hidden />} onClick={add}>
            {t("add")}
          </Button>
        </div>
      )}
    </fieldset>
  );
}
