"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { LONGEST_REASON, SHORTEST_REASON } from "#lib/platform/reason-limits.ts";

/** Why an act is done, which a dialog asks for first of all. */
export type Reason = {
  field: ReactNode;
  /** What was typed; null where it is too short, which its field says from now on. */
  take(): string | null;
};

/** Where label, hint and complaint stand. */
type Words =
  | "balance.accept"
  | "balance.voidTopUp"
  | "endpoints.reason"
  | "inbox.reason"
  | "people.reason";

export function useReason(words: Words): Reason {
  // i18n-use: balance.accept.*
  // i18n-use: balance.voidTopUp.*
  // i18n-use: endpoints.reason.*
  // i18n-use: inbox.reason.*
  // i18n-use: people.reason.*
  const t = useTranslations(words);
  const [text, setText] = useState("");
  const [tried, setTried] = useState(false);
  const isShort = text.trim().length < SHORTEST_REASON;
  const field = (
    <Field
      label={t("label")}
      hint={t("hint")}
      error={tried && isShort && t("short", { shortest: SHORTEST_REASON })}
      required
    >
      {(control) => (
        <Textarea
          {...control}
          data-autofocus
          rows={2}
          maxLength={LONGEST_REASON}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
      )}
    </Field>
  );
  return {
    field,
    take() {
      setTried(true);
      return isShort ? null : text.trim();
    },
  };
}
