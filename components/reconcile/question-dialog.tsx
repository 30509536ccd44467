"use client";

import { useTranslations } from "next-intl";
import {
  adoptSupplierOrderAction,
  giveUpOrderAction,
  markForeignAction,
} from "#app/(console)/supplier-orders/actions.ts";
import { DecisionDialog } from "#components/reconcile/decision-dialog.tsx";
import { NotCreatedDialog } from "#components/reconcile/not-created-dialog.tsx";
import type { Question } from "#components/reconcile/question.ts";
import { SupplierOrderFacts } from "#components/reconcile/supplier-order-facts.tsx";
import type { Handling } from "#components/reconcile/use-question.ts";
import { Notice } from "#components/ui/notice.tsx";

/** Says what a decision will do, and takes it. */
export function QuestionDialog({ question, ...handling }: Handling & { question: Question }) {
  const t = useTranslations("reconcile.dialog");
  switch (question.kind) {
    case "adopt": {
      const { orderId, supplierOrder, currency, picture } = question;
      const { supplierOrderId } = supplierOrder;
      return (
        <DecisionDialog
          {...handling}
          title={t("adopt.title")}
          verb={t("adopt.verb")}
          send={(reason) => adoptSupplierOrderAction({ orderId, supplierOrderId, reason, picture })}
        >
          <SupplierOrderFacts supplierOrder={supplierOrder} currency={currency} />
          <Words>{`${t("listsFirst")} ${t("adopt.body")}`}</Words>
        </DecisionDialog>
      );
    }
    case "not_created":
      return <NotCreatedDialog {...handling} question={question} />;
    case "give_up": {
      const { orderId, picture } = question;
      return (
        <DecisionDialog
          {...handling}
          danger
          title={t("giveUp.title")}
          verb={t("giveUp.verb")}
          send={(reason) => giveUpOrderAction({ orderId, reason, picture })}
        >
          <Words>{`${t("listsFirst")} ${t("giveUp.body")}`}</Words>
        </DecisionDialog>
      );
    }
    case "foreign": {
      const { supplierId, supplierOrder, adopters } = question;
      const { supplierOrderId } = supplierOrder;
      return (
        <DecisionDialog
          {...handling}
          title={t("foreign.title")}
          verb={t("foreign.verb")}
          send={(reason) => markForeignAction({ supplierId, supplierOrderId, reason })}
        >
          <SupplierOrderFacts supplierOrder={supplierOrder} currency="" />
          {adopters > 0 && <Notice tone="look">{t("foreign.fits", { count: adopters })}</Notice>}
          <Words>{t("foreign.body")}</Words>
        </DecisionDialog>
      );
    }
  }
}

function Words({ children }: { children: string }) {
  return <p className="text-pretty text-ink-2">{children}</p>;
}
