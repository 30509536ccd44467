"use client";

import { useTranslations } from "next-intl";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { LONGEST_REASON } from "#lib/platform/reason-limits.ts";

/** A few words beside a decision, for whoever reads the history; one line, so that Enter sends the form. */
export function NoteField({ value, onValue }: { value: string; onValue: (typed: string) => void }) {
  const t = useTranslations("alerts.decision");
  return (
    <Field label={t("note.label")} optional>
      {(control) => (
        <Input
          {...control}
          autoComplete="off"
          maxLength={LONGEST_REASON}
          value={value}
          onChange={({ target }) => onValue(target.value)}
        />
      )}
    </Field>
  );
}
