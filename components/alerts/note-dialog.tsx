"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { ActDialog } from "#components/acts/act-dialog.tsx";
import type { DecisionDialogProps } from "#components/alerts/decision-dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { LONGEST_REASON, SHORTEST_REASON } from "#lib/platform/reason-limits.ts";

/** What the next one should know. */
export function NoteDialog({ count, act, onSubmit, onClose }: DecisionDialogProps) {
  const t = useTranslations("alerts.decision");
  const [typed, setTyped] = useState("");
  const [tried, setTried] = useState(false);
  const note = typed.trim();
  const isShort = note.length < SHORTEST_REASON;
  return (
    <ActDialog
      words="alerts"
      title={t("note.title", { count })}
      description={t("note.body")}
      verb={t("note.verb")}
      act={act}
      onSubmit={() => {
        setTried(true);
        if (!isShort) onSubmit({ kind: "note", note });
      }}
      onClose={onClose}
    >
      <Field
        label={t("note.label")}
        hint={t("note.hint")}
        error={tried && isShort && t("note.short", { shortest: SHORTEST_REASON })}
        required
      >
        {(control) => (
          <Textarea
            {...control}
            data-autofocus
            maxLength={LONGEST_REASON}
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
            onKeyDown={(event) => {
              // Enter is a new line here.
              if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
              event.preventDefault();
              event.currentTarget.form?.requestSubmit();
            }}
          />
        )}
      </Field>
    </ActDialog>
  );
}
