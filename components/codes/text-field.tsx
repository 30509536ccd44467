"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { LONGEST_REASON, SHORTEST_REASON } from "#lib/platform/reason-limits.ts";

/** A text that somebody has to give, and what is wrong with it once it was tried to do without. */
export type NeededText = { value: string; onValue: (value: string) => void; tried: boolean };

/**
 * A text that says why.
 * @returns the field's props, and the text where it will do; else null, and the field says what is missing
 */
export function useNeededText(): { field: NeededText; take: () => string | null } {
  const [value, setValue] = useState("");
  const [tried, setTried] = useState(false);
  return {
    field: { value, onValue: setValue, tried },
    take: () => {
      setTried(true);
      const text = value.trim();
      return text.length < SHORTEST_REASON ? null : text;
    },
  };
}

/** Why, or what proves it. The code itself doesn't belong there: the text is kept in the open. */
export function NeededTextField({
  field,
  label,
  hint,
  longest = LONGEST_REASON,
  startHere = false,
}: {
  field: NeededText;
  label: ReactNode;
  hint?: ReactNode;
  longest?: number;
  /** Focus begins here in a dialog that opens. */
  startHere?: boolean;
}) {
  const t = useTranslations("inventory.text");
  const short = field.tried && field.value.trim().length < SHORTEST_REASON;
  return (
    <Field
      label={label}
      hint={hint ?? t("hint")}
      error={short && t("short", { shortest: SHORTEST_REASON })}
      required
    >
      {(control) => (
        <Textarea
          {...control}
          {...(startHere && { "data-autofocus": true })}
          maxLength={longest}
          value={field.value}
          onChange={({ target }) => field.onValue(target.value)}
        />
      )}
    </Field>
  );
}
