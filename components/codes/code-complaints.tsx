"use client";

import { useTranslations } from "next-intl";
import type { CodeQuestion } from "#components/codes/code-question.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Section } from "#components/ui/section.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import { TimeLeft } from "#components/ui/time-left.tsx";
import { COMPLAINT_KINDS } from "#lib/codes/complaint-policy.ts";
import type { CodeDetail, ComplaintView } from "#lib/codes/types.ts";

/** What is held against the supplier for a bad code, and how long the supplier hears it. */
export function CodeComplaints({
  code,
  onAsk,
}: {
  code: CodeDetail;
  onAsk: (question: CodeQuestion) => void;
}) {
  const t = useTranslations("inventory.complaint");
  const { complaints, windows } = code;
  return (
    <Section title={t("section")} description={windows === null ? t("own") : null}>
      <div className="grid max-w-200 gap-3">
        {complaints.length === 0 && windows && (
          <ul className="flex flex-wrap gap-x-6 gap-y-1 text-ink-2">
            {COMPLAINT_KINDS.map((kind) => (
              <li key={kind}>
                {t(`kinds.${kind}`)}: <TimeLeft until={windows[kind]} focusable />
              </li>
            ))}
          </ul>
        )}
        {complaints.length > 0 && (
          <ul className="border-y border-line">
            {complaints.map((complaint) => (
              <li key={complaint.id} className="grid gap-1.5 border-line py-3 not-first:border-t">
                <Complaint complaint={complaint} code={code} onAsk={onAsk} />
              </li>
            ))}
          </ul>
        )}
      </div>
    </Section>
  );
}

function Complaint({
  complaint,
  code,
  onAsk,
}: {
  complaint: ComplaintView;
  code: CodeDetail;
  onAsk: (question: CodeQuestion) => void;
}) {
  const t = useTranslations("inventory.complaint");
  const { kind, evidence, openedBy, openedAt, closedAt, outcome, closedBy, outcomeNote } =
    complaint;
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Badge tone={closedAt ? "waiting" : "look"}>{t(`kinds.${kind}`)}</Badge>
        <span className="text-xs text-ink-2">
          {t("openedBy", { who: openedBy })} <RelativeTime at={openedAt} />
        </span>
        {!closedAt && (
          <span className="text-xs">
            <TimeLeft until={complaint.windowEndsAt} littleMs={259_200_000} focusable />
          </span>
        )}
        {!closedAt && code.may.mark && (
          <Button
            size="sm"
            className="ml-auto"
            onClick={() => onAsk({ kind: "close_complaint", complaint })}
          >
            {t("close")}
          </Button>
        )}
      </div>
      <p className="max-w-prose whitespace-pre-line wrap-anywhere">{evidence}</p>
      {closedAt && outcome && (
        <p className="text-ink-2 wrap-anywhere">
          {t(`outcomes.${outcome}`)}
          {outcomeNote && `: ${outcomeNote}`}
          <span className="ml-2 text-xs text-ink-3">
            {closedBy} · <RelativeTime at={closedAt} />
          </span>
        </p>
      )}
    </>
  );
}
