"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { ActDialog } from "#components/acts/act-dialog.tsx";
import type { DecisionDialogProps } from "#components/alerts/decision-dialog.tsx";
import { NoteField } from "#components/alerts/note-field.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import { useClock } from "#components/ui/use-clock.ts";
import { useSpan } from "#components/ui/use-elapsed-text.ts";
import { SNOOZE_CHOICES_MS } from "#lib/alerts/alert-policy.ts";

const USUAL_MS = 60 * 60_000;

/** Out of sight until a time, or until it gets worse. */
export function SnoozeDialog({ count, act, onSubmit, onClose }: DecisionDialogProps) {
  const t = useTranslations("alerts.decision");
  const format = useFormatter();
  const span = useSpan();
  const now = useClock();
  const [forMs, setForMs] = useState(USUAL_MS);
  const [wakesWorse, setWakesWorse] = useState(true);
  const [note, setNote] = useState("");
  const said = note.trim();
  return (
    <ActDialog
      words="alerts"
      title={t("snooze.title", { count })}
      description={t("snooze.body")}
      verb={t("snooze.verb", { span: span(forMs) })}
      act={act}
      onSubmit={() => onSubmit({ kind: "snooze", forMs, wakesWorse, ...(said && { note: said }) })}
      onClose={onClose}
    >
      <RadioGroup
        legend={t("snooze.forHowLong")}
        name="for"
        startHere
        value={String(forMs)}
        onValueChange={(value) => setForMs(Number(value))}
        options={SNOOZE_CHOICES_MS.map((ms) => ({
          value: String(ms),
          label: (
            <>
              {span(ms)}
              <span className="ml-2 text-ink-3" suppressHydrationWarning>
                {t("snooze.until", { at: format.dateTime(new Date(now + ms), "dayTime") })}
              </span>
            </>
          ),
        }))}
      />
      <Checkbox
        label={t("snooze.wakesWorse")}
        hint={t("snooze.wakesWorseHint")}
        checked={wakesWorse}
        onChange={({ target }) => setWakesWorse(target.checked)}
      />
      <NoteField value={note} onValue={setNote} />
    </ActDialog>
  );
}
