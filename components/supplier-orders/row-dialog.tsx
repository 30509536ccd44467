"use client";

import { QuestionDialog } from "#components/reconcile/question-dialog.tsx";
import type { Handling } from "#components/reconcile/use-question.ts";
import { AdoptForDialog } from "#components/supplier-orders/adopt-for-dialog.tsx";
import type { RowQuestion } from "#components/supplier-orders/row-question.ts";

/** Says what a decision on a supplier order will do, and takes it. */
export function RowDialog({
  question: { kind, row },
  ...handling
}: Handling & { question: RowQuestion }) {
  return kind === "adopt" ? (
    <AdoptForDialog {...handling} row={row} />
  ) : (
    <QuestionDialog
      {...handling}
      question={{
        kind,
        supplierId: row.supplierId,
        supplierOrder: row,
        adopters: row.adopters.length,
      }}
    />
  );
}
