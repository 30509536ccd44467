"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import {
  closeComplaintAction,
  markBadAction,
  openComplaintAction,
} from "#app/(console)/codes/stock-actions.ts";
import { ActDialog } from "#components/acts/act-dialog.tsx";
import { ComplaintFields } from "#components/codes/complaint-fields.tsx";
import { done } from "#components/codes/simple-dialogs.tsx";
import { NeededTextField, useNeededText } from "#components/codes/text-field.tsx";
import { useCodeAct } from "#components/codes/use-code-act.ts";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Field } from "#components/ui/field.tsx";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { COMPLAINT_OUTCOMES } from "#lib/codes/complaint-policy.ts";
import { LONGEST_NOTE } from "#lib/codes/hand-out-limits.ts";
import type { ComplaintKind, ComplaintOutcome } from "#lib/codes/types.ts";

type Windows = Record<ComplaintKind, string> | null;

/** Says that a code doesn't work, and holds it against the supplier at once where that is wanted. */
export function MarkBadDialog({
  codeId,
  windows,
  onClose,
}: {
  codeId: string;
  windows: Windows;
  onClose: () => void;
}) {
  const t = useTranslations("inventory.markBad");
  const act = useCodeAct();
  const reason = useNeededText();
  const evidence = useNeededText();
  const [complains, setComplains] = useState(windows !== null);
  const [kind, setKind] = useState<ComplaintKind>("defective");

  async function submit() {
    const why = reason.take();
    const proof = complains ? evidence.take() : "";
    if (why === null || proof === null) return;
    const complaint = complains ? { complaint: { kind, evidence: proof } } : {};
    if (await act.run(() => done(markBadAction({ codeId, reason: why, ...complaint })))) onClose();
  }
  return (
    <ActDialog
      words="inventory"
      danger
      size="md"
      title={t("title")}
      description={t("body")}
      verb={t("verb")}
      act={act}
      onSubmit={submit}
      onClose={onClose}
    >
      <NeededTextField field={reason.field} label={t("reason")} startHere />
      {windows && (
        <Checkbox
          label={t("complain")}
          hint={t("complainHint")}
          checked={complains}
          onChange={({ target }) => setComplains(target.checked)}
        />
      )}
      {windows && complains && (
        <ComplaintFields kind={kind} onKind={setKind} evidence={evidence.field} windows={windows} />
      )}
    </ActDialog>
  );
}

/** Holds a bad code against the supplier. */
export function ComplainDialog({
  codeId,
  windows,
  onClose,
}: {
  codeId: string;
  windows: Record<ComplaintKind, string>;
  onClose: () => void;
}) {
  const t = useTranslations("inventory.complaint");
  const act = useCodeAct();
  const { field, take } = useNeededText();
  const [kind, setKind] = useState<ComplaintKind>("defective");
  async function submit() {
    const evidence = take();
    if (evidence && (await act.run(() => done(openComplaintAction({ codeId, kind, evidence })))))
      onClose();
  }
  return (
    <ActDialog
      words="inventory"
      size="md"
      title={t("title")}
      description={t("body")}
      verb={t("verb")}
      act={act}
      onSubmit={submit}
      onClose={onClose}
    >
      <ComplaintFields kind={kind} onKind={setKind} evidence={field} windows={windows} startHere />
    </ActDialog>
  );
}

/** Says what became of a complaint. */
export function CloseComplaintDialog({
  complaintId,
  onClose,
}: {
  complaintId: string;
  onClose: () => void;
}) {
  const t = useTranslations("inventory.closeComplaint");
  const outcomes = useTranslations("inventory.complaint.outcomes");
  const act = useCodeAct();
  const [outcome, setOutcome] = useState<ComplaintOutcome>("replaced");
  const [note, setNote] = useState("");
  async function submit() {
    const text = note.trim();
    const input = { complaintId, outcome, ...(text && { note: text }) };
    if (await act.run(() => done(closeComplaintAction(input)))) onClose();
  }
  return (
    <ActDialog
      words="inventory"
      title={t("title")}
      description={t("body")}
      verb={t("verb")}
      act={act}
      onSubmit={submit}
      onClose={onClose}
    >
      <RadioGroup
        legend={t("outcome")}
        name="outcome"
        startHere
        value={outcome}
        onValueChange={(value) => setOutcome(value as ComplaintOutcome)}
        options={COMPLAINT_OUTCOMES.map((value) => ({ value, label: outcomes(value) }))}
      />
      <Field label={t("note")} optional>
        {(control) => (
          <Textarea
            {...control}
            maxLength={LONGEST_NOTE}
            value={note}
            onChange={({ target }) => setNote(target.value)}
          />
        )}
      </Field>
    </ActDialog>
  );
}
