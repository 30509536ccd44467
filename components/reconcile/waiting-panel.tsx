"use client";

import { useTranslations } from "next-intl";
import { lazy, Suspense, useEffect } from "react";
import { OrderStatusBadge } from "#components/orders/status.tsx";
import { CandidatesTable } from "#components/reconcile/candidates-table.tsx";
import type { Decided } from "#components/reconcile/decided-notice.tsx";
import type { Question } from "#components/reconcile/question.ts";
import { useQuestion } from "#components/reconcile/use-question.ts";
import { Button } from "#components/ui/button.tsx";
import { Definition, DefinitionList } from "#components/ui/definition-list.tsx";
import { Link } from "#components/ui/link.tsx";
import { Section } from "#components/ui/section.tsx";
import { shortId } from "#components/ui/short-id.ts";
import { RelativeTime } from "#components/ui/time.tsx";
import { ORDER_STATUSES } from "#lib/orders/lifecycle.ts";
import type { OrderPageView } from "#lib/reconcile/types.ts";

const loadDialog = async () => ({
  default: (await import("#components/reconcile/question-dialog.tsx")).QuestionDialog,
});
const QuestionDialog = lazy(loadDialog);

/** Why an order that could be sent isn't, and what would end the wait. */
export function WaitingPanel({
  order,
  waitsFor,
  onDecided,
}: {
  order: OrderPageView;
  waitsFor: NonNullable<OrderPageView["waitsFor"]>;
  onDecided: (decided: Decided) => void;
}) {
  const t = useTranslations("reconcile.waiting");
  const { id: orderId, currency } = order;
  const { supplierId, twin, supplierOrders, since, picture, mayDecide } = waitsFor;
  const { question, ask, handling } = useQuestion<Question>(
    [["order", orderId], ["supplier_orders"]],
    onDecided,
  );
  // These goods may have been held back before this order was placed.
  const heldSince = [since, order.createdAt].sort().at(-1) ?? since;
  const twinStatus = ORDER_STATUSES.find((status) => status === twin?.status);

  useEffect(() => {
    if (mayDecide) void loadDialog();
  }, [mayDecide]);

  return (
    <Section title={t("title")} flush>
      <div className="grid gap-4">
        <div className="px-gutter grid gap-3">
          <DefinitionList columns>
            {twin && (
              <Definition term={t("twin")}>
                <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
                  <Link href={`/orders/${twin.orderId}`} className="font-mono text-xs">
                    {shortId(twin.orderId)}
                  </Link>
                  {twinStatus && <OrderStatusBadge status={twinStatus} />}
                </span>
              </Definition>
            )}
            <Definition term={t("since")}>
              <RelativeTime at={heldSince} />
            </Definition>
          </DefinitionList>
          {supplierOrders.length > 0 && (
            <p className="max-w-prose text-pretty text-ink-2">
              {t(mayDecide ? "supplierOrders" : "mayNot")}
            </p>
          )}
        </div>
        {supplierOrders.length > 0 && (
          <CandidatesTable
            candidates={supplierOrders}
            currency={currency}
            {...(mayDecide && {
              onAdopt: (supplierOrder) =>
                ask({ kind: "adopt", orderId, currency, supplierOrder, picture }),
              onForeign: (supplierOrder) =>
                ask({ kind: "foreign", supplierId, supplierOrder, adopters: 1 }),
            })}
          />
        )}
        {mayDecide && (
          <div className="px-gutter">
            <Button onClick={() => ask({ kind: "give_up", orderId, picture })}>
              {t("giveUp")}
            </Button>
          </div>
        )}
      </div>
      <Suspense>{question && <QuestionDialog {...handling} question={question} />}</Suspense>
    </Section>
  );
}
