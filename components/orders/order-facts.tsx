"use client";

import { clsx } from "clsx";
import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { wasPaid } from "#components/orders/standing.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Definition } from "#components/ui/definition-list.tsx";
import { Money } from "#components/ui/money.tsx";
import { MonoId } from "#components/ui/mono-id.tsx";
import { Section } from "#components/ui/section.tsx";
import { Age, ExactTime } from "#components/ui/time.tsx";
import { isFinished } from "#lib/orders/lifecycle.ts";
import type { OrderDetail } from "#lib/orders/types.ts";
import { compareAmounts } from "#lib/platform/money.ts";

/** Money, references and ids, by name. */
export function OrderFacts({ order }: { order: OrderDetail }) {
  const t = useTranslations("orders.facts");
  const copied = (term: string, value: string) => (
    <Definition term={term}>
      <MonoId value={value} copyLabel={t("copy", { what: term })} />
    </Definition>
  );
  const { customerRef, supplierOrderId, supplierWord, chargedTotal, currency } = order;
  return (
    <Section title={t("title")}>
      <dl className="grid grid-cols-2 gap-x-4 gap-y-3 sm:grid-cols-3 lg:grid-cols-4 xl:grid-cols-2">
        <Definition term={t("agreed")}>
          <Money amount={order.agreedTotal} currency={currency} strong />
        </Definition>
        <Definition term={t(wasPaid(order.timeline) ? "charged" : "asked")}>
          {chargedTotal ? (
            <Charged order={order} total={chargedTotal} />
          ) : (
            <span className="text-ink-3">{isFinished(order.status) ? "–" : t("notSaid")}</span>
          )}
        </Definition>
        <Definition term={t("customerRef")}>
          {customerRef ? (
            <>
              {customerRef}
              <CopyButton
                value={customerRef}
                label={t("copy", { what: t("customerRef") })}
                className="-my-1.5 ml-0.5 align-middle"
              />
            </>
          ) : (
            <span className="text-ink-3">–</span>
          )}
        </Definition>
        <Definition term={t("placedBy")}>{order.placedBy}</Definition>
        <Definition term={t("placed")}>
          <ExactTime at={order.createdAt} className="whitespace-normal!" />
        </Definition>
        {order.finishedAt && (
          <Definition term={t("finished")}>
            <Age at={order.createdAt} until={order.finishedAt} />
          </Definition>
        )}
        {order.status === "awaiting_payment" && order.paymentExpiresAt && (
          <Definition term={t("payUntil")}>
            <ExactTime at={order.paymentExpiresAt} className="whitespace-normal!" />
          </Definition>
        )}
        <Definition term={t("supplier")}>{order.supplierName}</Definition>
        {supplierWord && (
          <Definition term={t("supplierWord")}>
            <q>{supplierWord}</q>
          </Definition>
        )}
        {supplierOrderId && copied(t("supplierOrderId"), supplierOrderId)}
        {copied(t("clientRef"), order.clientRef)}
        {copied(t("correlationId"), order.correlationId)}
      </dl>
    </Section>
  );
}

/** What the supplier charges; marked where it isn't what was agreed. */
function Charged({ order, total }: { order: OrderDetail; total: string }) {
  const t = useTranslations("orders.facts");
  const difference = compareAmounts(total, order.agreedTotal);
  return (
    <span className="flex flex-wrap items-baseline gap-x-2">
      <Money amount={total} currency={order.currency} />
      {difference !== 0 && (
        <span
          className={clsx(
            "inline-flex items-center gap-1 self-center text-xs",
            difference > 0 ? "text-risk" : "text-ink-2",
          )}
        >
          {difference > 0 && <TriangleAlert aria-hidden className="size-3.5" />}
          {t(difference > 0 ? "chargedMore" : "chargedLess")}
        </span>
      )}
    </span>
  );
}
