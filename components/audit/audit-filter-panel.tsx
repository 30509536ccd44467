"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { AuditFilterProps } from "#components/audit/audit-filter-menu.tsx";
import { InstantInput } from "#components/deliveries/instant-input.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { AUDIT_ACTOR_KINDS, AUDIT_OBJECT_KINDS } from "#lib/audit/types.ts";

const TEXTS = ["actor", "action", "object", "correlation"] as const;

/** The choices of the filter menu; a text counts once it is left, or Enter is pressed. */
export function AuditFilterPanel({ filter, change }: AuditFilterProps) {
  const t = useTranslations("audit");
  return (
    <div className="grid max-h-[70dvh] w-70 gap-4 overflow-y-auto p-3">
      <Field label={t("by.actorKind")}>
        {(control) => (
          <Select
            {...control}
            placeholder={t("any")}
            value={filter.actorKind ?? ""}
            options={AUDIT_ACTOR_KINDS.map((value) => ({ value, label: t(`actorKind.${value}`) }))}
            onChange={({ target }) =>
              change({
                actorKind: AUDIT_ACTOR_KINDS.find((kind) => kind === target.value) ?? null,
              })
            }
          />
        )}
      </Field>
      <Field label={t("by.objectKind")}>
        {(control) => (
          <Select
            {...control}
            placeholder={t("any")}
            value={filter.objectKind ?? ""}
            options={AUDIT_OBJECT_KINDS.map((value) => ({ value, label: t(`object.${value}`) }))}
            onChange={({ target }) =>
              change({
                objectKind: AUDIT_OBJECT_KINDS.find((kind) => kind === target.value) ?? null,
              })
            }
          />
        )}
      </Field>
      {TEXTS.map((name) => (
        <TextFilter
          key={name}
          label={t(`by.${name}`)}
          value={filter[name]}
          onValue={(value) => change({ [name]: value })}
        />
      ))}
      <Field label={t("by.since")}>
        {(control) => (
          <InstantInput
            control={control}
            value={filter.since}
            onValue={(since) => change({ since })}
          />
        )}
      </Field>
      <Field label={t("by.until")}>
        {(control) => (
          <InstantInput
            control={control}
            value={filter.until}
            onValue={(until) => change({ until })}
          />
        )}
      </Field>
    </div>
  );
}

function TextFilter({
  label,
  value,
  onValue,
}: {
  label: string;
  value: string | null;
  onValue: (value: string | null) => void;
}) {
  const [text, setText] = useState(value ?? "");
  const [told, setTold] = useState(value);
  // It was changed from outside: a chip removed, the way back.
  if (value !== told) {
    setTold(value);
    setText(value ?? "");
  }
  const tell = () => {
    const wanted = text.trim() || null;
    if (wanted !== value) onValue(wanted);
  };
  return (
    <Field label={label}>
      {(control) => (
        <Input
          {...control}
          value={text}
          maxLength={200}
          onChange={({ target }) => setText(target.value)}
          onBlur={tell}
          onKeyDown={({ key }) => key === "Enter" && tell()}
        />
      )}
    </Field>
  );
}
