"use client";

import { useTranslations } from "next-intl";
import { lazy, Suspense, useEffect } from "react";
import { BalanceEvidence } from "#components/reconcile/balance-evidence.tsx";
import { CandidatesTable } from "#components/reconcile/candidates-table.tsx";
import type { Decided } from "#components/reconcile/decided-notice.tsx";
import { DecisionBar } from "#components/reconcile/decision-bar.tsx";
import { ListingsTable } from "#components/reconcile/listings-table.tsx";
import type { Question } from "#components/reconcile/question.ts";
import { SendsTable } from "#components/reconcile/sends-table.tsx";
import { Twins } from "#components/reconcile/twins.tsx";
import { useQuestion } from "#components/reconcile/use-question.ts";
import { WaitSummary } from "#components/reconcile/wait-summary.tsx";
import { Section } from "#components/ui/section.tsx";
import type { Evidence, OrderPageView } from "#lib/reconcile/types.ts";

const loadDialog = async () => ({
  default: (await import("#components/reconcile/question-dialog.tsx")).QuestionDialog,
});
const QuestionDialog = lazy(loadDialog);

/**
 * Everything known about an order that may or may not exist at the supplier: why it waits, what was
 * sent, what could be it, what the money says; and what a person may make of it.
 */
export function EvidencePanel({
  order,
  evidence,
  onDecided,
}: {
  order: OrderPageView;
  evidence: Evidence;
  onDecided: (decided: Decided) => void;
}) {
  const t = useTranslations("reconcile");
  const { id: orderId, currency } = order;
  const { may, picture } = evidence;
  const { question, ask, handling } = useQuestion<Question>([["order", orderId]], onDecided);

  useEffect(() => {
    if (may.decide) void loadDialog();
  }, [may.decide]);

  return (
    <Section title={t("title")} flush>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
        <WaitSummary evidence={evidence} />
        <SendsTable sends={evidence.sends} />
        <CandidatesTable
          candidates={evidence.candidates}
          currency={currency}
          {...(may.decide && {
            onAdopt: (supplierOrder) =>
              ask({ kind: "adopt", orderId, currency, supplierOrder, picture }),
          })}
        />
        <BalanceEvidence balance={evidence.balance} total={order.agreedTotal} />
        <DecisionBar
          evidence={evidence}
          onNotCreated={() => ask({ kind: "not_created", orderId, evidence })}
          onGiveUp={() => ask({ kind: "give_up", orderId, picture })}
        />
        <ListingsTable listings={evidence.listings} />
        <Twins twins={evidence.twins} />
      </div>
      <Suspense>{question && <QuestionDialog {...handling} question={question} />}</Suspense>
    </Section>
  );
}
