"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { ActDialog } from "#components/acts/act-dialog.tsx";
import type { DecisionDialogProps } from "#components/alerts/decision-dialog.tsx";
import { NoteField } from "#components/alerts/note-field.tsx";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import { useSpan } from "#components/ui/use-elapsed-text.ts";
import { ACKNOWLEDGE_CHOICES_MS, ACKNOWLEDGED_FOR_MS } from "#lib/alerts/alert-policy.ts";

/** Somebody looks into it; for how long nobody else is told. */
export function AcknowledgeDialog({ count, act, onSubmit, onClose }: DecisionDialogProps) {
  const t = useTranslations("alerts.decision");
  const span = useSpan();
  const [forMs, setForMs] = useState(ACKNOWLEDGED_FOR_MS);
  const [note, setNote] = useState("");
  const said = note.trim();
  return (
    <ActDialog
      words="alerts"
      title={t("acknowledge.title", { count })}
      description={t("acknowledge.body")}
      verb={t("acknowledge.verb", { span: span(forMs) })}
      act={act}
      onSubmit={() => onSubmit({ kind: "acknowledge", forMs, ...(said && { note: said }) })}
      onClose={onClose}
    >
      <RadioGroup
        legend={t("acknowledge.forHowLong")}
        name="for"
        startHere
        value={String(forMs)}
        onValueChange={(value) => setForMs(Number(value))}
        options={ACKNOWLEDGE_CHOICES_MS.map((ms) => ({ value: String(ms), label: span(ms) }))}
      />
      <NoteField value={note} onValue={setNote} />
    </ActDialog>
  );
}
