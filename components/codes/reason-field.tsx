"use client";

import { useTranslations } from "next-intl";
import { type RefObject, useRef } from "react";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { LONGEST_REASON, SHORTEST_REASON } from "#lib/platform/reason-limits.ts";

/** Why a code is shown, in a few words, of which the usual ones take one press. */
export function ReasonField({
  value,
  onValue,
  tried,
  often,
  busy = false,
  startHere = false,
  ref,
}: {
  value: string;
  onValue: (value: string) => void;
  /** It was tried to do without. */
  tried: boolean;
  /** What is often said. */
  often: readonly string[];
  busy?: boolean;
  /** Focus begins here in a dialog that opens. */
  startHere?: boolean;
  ref?: RefObject<HTMLInputElement | null>;
}) {
  const t = useTranslations("reveal.dialog");
  const own = useRef<HTMLInputElement>(null);
  const field = ref ?? own;
  const isShort = tried && value.trim().length < SHORTEST_REASON;
  return (
    <div className="grid gap-3">
      <Field
        label={t("reason")}
        hint={t("hint")}
        error={isShort && t("short", { shortest: SHORTEST_REASON })}
        required
      >
        {(props) => (
          <Input
            {...props}
            ref={field}
            {...(startHere && { "data-autofocus": true })}
            autoComplete="off"
            maxLength={LONGEST_REASON}
            value={value}
            readOnly={busy}
            onFocus={({ target }) => target.select()}
            onChange={({ target }) => onValue(target.value)}
          />
        )}
      </Field>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would be read out as a form's part */}
      <div role="group" aria-label={t("often")} className="flex flex-wrap gap-1.5">
        {often.map((words) => (
          <Button
            key={words}
            size="sm"
            disabled={busy}
            onClick={() => {
              onValue(words);
              field.current?.focus();
            }}
          >
            {words}
          </Button>
        ))}
      </div>
    </div>
  );
}
