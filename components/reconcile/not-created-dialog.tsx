"use client";

import { useTranslations } from "next-intl";
import { declareNotCreatedAction } from "#app/(console)/supplier-orders/actions.ts";
import { DecisionDialog } from "#components/reconcile/decision-dialog.tsx";
import type { Question } from "#components/reconcile/question.ts";
import type { Handling } from "#components/reconcile/use-question.ts";
import { Notice } from "#components/ui/notice.tsx";
import { RelativeTime } from "#components/ui/time.tsx";

/** "It was not placed": sent again at once, proposed to a second person, or confirmed by one. */
export function NotCreatedDialog({
  question: { orderId, evidence },
  ...handling
}: Handling & { question: Extract<Question, { kind: "not_created" }> }) {
  const t = useTranslations("reconcile.dialog");
  const { proposal, may, picture, candidates } = evidence;
  const way = proposal ? "confirm" : may.needsSecondPerson ? "propose" : "again";
  return (
    <DecisionDialog
      {...handling}
      title={t(`notCreated.title.${way}`)}
      verb={t(`notCreated.verb.${way}`)}
      send={(reason) => declareNotCreatedAction({ orderId, reason, picture })}
    >
      {candidates.length > 0 && (
        <Notice tone="look">{t("notCreated.fits", { count: candidates.length })}</Notice>
      )}
      {proposal && (
        <Notice
          title={t.rich("notCreated.said", {
            who: proposal.by,
            ago: () => <RelativeTime at={proposal.at} />,
          })}
        >
          <q className="wrap-anywhere">{proposal.reason}</q>
        </Notice>
      )}
      <p className="text-pretty text-ink-2">
        {t("listsFirst")} {t(`notCreated.body.${way}`)}
      </p>
    </DecisionDialog>
  );
}
