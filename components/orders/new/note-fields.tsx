"use client";

import { useTranslations } from "next-intl";
import { Field, type FieldControl } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import type { NoteField } from "#lib/suppliers/port.ts";
import { noteText } from "./draft.ts";

/** What the supplier has to be told with this product, each field by its type, under its own name. */
export function NoteFields({
  fields,
  note,
  errors,
  onChange,
  onLeave,
}: {
  fields: readonly NoteField[];
  note: Record<string, string>;
  errors: ReadonlyMap<string, string>;
  onChange: (field: string, text: string) => void;
  onLeave: (field: string) => void;
}) {
  return (
    <div className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
      {fields.map((field) => (
        <Field key={field.name} label={field.name} error={errors.get(field.name)} required>
          {(control) => (
            <NoteControl
              field={field}
              control={control}
              value={noteText(note, field.name)}
              onChange={(text) => onChange(field.name, text)}
              onLeave={() => onLeave(field.name)}
            />
          )}
        </Field>
      ))}
    </div>
  );
}

function NoteControl({
  field,
  control,
  value,
  onChange,
  onLeave,
}: {
  field: NoteField;
  control: FieldControl;
  value: string;
  onChange: (text: string) => void;
  onLeave: () => void;
}) {
  const t = useTranslations("newOrder.line");
  if (field.type === "select") {
    return (
      <Select
        {...control}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onBlur={onLeave}
        placeholder={t("choose")}
        options={field.options.map((option) => ({ value: option, label: option }))}
      />
    );
  }
  return (
    <Input
      {...control}
      type={field.type === "email" ? "email" : "text"}
      inputMode={keyboards[field.type]}
      autoComplete="off"
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      maxLength={500}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      onBlur={onLeave}
    />
  );
}

/** Not type="number": it drops what it can't read, and turns the wheel into a change. */
const keyboards = {
  string: "text",
  integer: "numeric",
  number: "decimal",
  email: "email",
} as const;
