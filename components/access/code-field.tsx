"use client";

import type { ReactNode, Ref } from "react";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";

/** A code of an authenticator app; phones offer their figures, and the one that just came. */
export function CodeField({
  label,
  hint,
  error,
  field,
  figures = true,
}: {
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  field: Ref<HTMLInputElement>;
  /** False where a recovery code may be typed too. */
  figures?: boolean;
}) {
  return (
    <Field label={label} hint={hint} error={error && <span role="alert">{error}</span>} required>
      {(control) => (
        <Input
          {...control}
          ref={field}
          name="code"
          data-autofocus
          autoFocus
          autoComplete="one-time-code"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          maxLength={40}
          {...(figures && { inputMode: "numeric" as const })}
          className="font-mono tabular-nums"
        />
      )}
    </Field>
  );
}
