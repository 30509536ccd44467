"use client";

import { useTranslations } from "next-intl";
import { Distance } from "#components/reconcile/distance.tsx";
import type { ShownSupplierOrder } from "#components/reconcile/question.ts";
import { Definition } from "#components/ui/definition-list.tsx";
import { Money } from "#components/ui/money.tsx";
import { MonoId } from "#components/ui/mono-id.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { RelativeTime } from "#components/ui/time.tsx";

/** The supplier order that somebody is about to decide on, with its whole id to look it up by. */
export function SupplierOrderFacts({
  supplierOrder,
  currency,
}: {
  supplierOrder: ShownSupplierOrder;
  /** Where the supplier leaves it out. */
  currency: string;
}) {
  const t = useTranslations("reconcile.candidates");
  const { supplierOrderId, createdAt, firstSeenAt, distanceMs } = supplierOrder;
  return (
    <>
      <div className="grid gap-3 border-y border-line py-3">
        <dl>
          <Definition term={t("id")}>
            <MonoId value={supplierOrderId} whole copyLabel={t("copy")} />
          </Definition>
        </dl>
        <dl className="grid grid-cols-2 gap-x-6 gap-y-3">
          <Definition term={t("word")}>
            <q>{supplierOrder.word}</q>
          </Definition>
          <Definition term={t("total")}>
            <Money amount={supplierOrder.total} currency={supplierOrder.currency ?? currency} />
          </Definition>
          <Definition term={t(createdAt ? "created" : "firstSeen")}>
            <RelativeTime at={createdAt ?? firstSeenAt} />
          </Definition>
          {typeof distanceMs === "number" && (
            <Definition term={t("apart")}>
              <Distance distanceMs={distanceMs} />
            </Definition>
          )}
        </dl>
      </div>
      {supplierOrder.match === "unclear" && <Notice tone="look">{t("unclearTip")}</Notice>}
    </>
  );
}
