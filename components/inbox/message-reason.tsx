"use client";

import { useTranslations } from "next-intl";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { LONGEST_REASON, SHORTEST_REASON } from "#lib/platform/reason-limits.ts";

/** Why it is done, for the audit log. */
export function MessageReason({
  reason,
  onChange,
  isMissed,
}: {
  reason: string;
  onChange: (reason: string) => void;
  /** It was left out, and is asked for now. */
  isMissed: boolean;
}) {
  const t = useTranslations("inbox.reason");
  return (
    <Field
      label={t("label")}
      hint={t("hint")}
      error={isMissed && t("short", { shortest: SHORTEST_REASON })}
      required
    >
      {(control) => (
        <Textarea
          {...control}
          data-autofocus
          rows={2}
          maxLength={LONGEST_REASON}
          value={reason}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </Field>
  );
}
