"use client";

import { useTranslations } from "next-intl";
import { type NeededText, NeededTextField } from "#components/codes/text-field.tsx";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import { TimeLeft } from "#components/ui/time-left.tsx";
import { COMPLAINT_KINDS } from "#lib/codes/complaint-policy.ts";
import { LONGEST_NOTE } from "#lib/codes/hand-out-limits.ts";
import type { ComplaintKind } from "#lib/codes/types.ts";

/** What is wrong with a code, until when the supplier hears of that, and what proves it. */
export function ComplaintFields({
  kind,
  onKind,
  evidence,
  windows,
  startHere = false,
}: {
  kind: ComplaintKind;
  onKind: (kind: ComplaintKind) => void;
  evidence: NeededText;
  /** Until when the supplier hears of each. */
  windows: Record<ComplaintKind, string>;
  startHere?: boolean;
}) {
  const t = useTranslations("inventory.complaint");
  return (
    <>
      <RadioGroup
        legend={t("kind")}
        name="complaint"
        startHere={startHere}
        value={kind}
        onValueChange={(value) => onKind(value as ComplaintKind)}
        options={COMPLAINT_KINDS.map((value) => ({
          value,
          label: t(`kinds.${value}`),
          hint: t.rich("window", { left: () => <TimeLeft until={windows[value]} /> }),
        }))}
      />
      <NeededTextField
        field={evidence}
        label={t("evidence")}
        hint={t("evidenceHint")}
        longest={LONGEST_NOTE}
      />
    </>
  );
}
