"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { ActDialog } from "#components/acts/act-dialog.tsx";
import type { Act } from "#components/acts/use-act.ts";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { LONGEST_REASON, SHORTEST_REASON } from "#lib/platform/reason-limits.ts";

/** Asks why, and does it. */
export function ReasonDialog({
  title,
  description,
  verb,
  label,
  hint,
  danger = false,
  act,
  onSubmit,
  onClose,
}: {
  title: ReactNode;
  description: ReactNode;
  verb: string;
  label: string;
  hint?: string;
  danger?: boolean;
  act: Act;
  onSubmit: (reason: string) => void;
  onClose: () => void;
}) {
  const t = useTranslations("balance.accept");
  const [typed, setTyped] = useState("");
  const [tried, setTried] = useState(false);
  const reason = typed.trim();
  const isShort = reason.length < SHORTEST_REASON;
  return (
    <ActDialog
      words="balance"
      {...{ title, description, verb, danger, act, onClose }}
      onSubmit={() => {
        setTried(true);
        if (!isShort) onSubmit(reason);
      }}
    >
      <Field
        label={label}
        hint={hint}
        error={tried && isShort && t("short", { shortest: SHORTEST_REASON })}
        required
      >
        {(control) => (
          <Textarea
            {...control}
            data-autofocus
            maxLength={LONGEST_REASON}
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
        )}
      </Field>
    </ActDialog>
  );
}
