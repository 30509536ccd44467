"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { adoptSupplierOrderAction } from "#app/(console)/supplier-orders/actions.ts";
import { DecisionDialog } from "#components/reconcile/decision-dialog.tsx";
import { SupplierOrderFacts } from "#components/reconcile/supplier-order-facts.tsx";
import type { Handling } from "#components/reconcile/use-question.ts";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import { shortId } from "#components/ui/short-id.ts";
import { RelativeTime } from "#components/ui/time.tsx";
import { ORDER_STATUSES } from "#lib/orders/lifecycle.ts";
import type { SupplierOrderRow } from "#lib/reconcile/types.ts";

/** Gives a supplier order to one of the orders of ours that ask for just these goods. */
export function AdoptForDialog({ row, ...handling }: Handling & { row: SupplierOrderRow }) {
  const t = useTranslations("supplierOrders.adopt");
  const dialog = useTranslations("reconcile.dialog");
  const status = useTranslations("orders.status");
  const { supplierOrderId, adopters } = row;
  const single = adopters.length === 1 ? adopters[0]?.orderId : undefined;
  const [orderId, setOrderId] = useState(single ?? "");
  return (
    <DecisionDialog
      {...handling}
      missing={orderId === "" ? t("choose") : null}
      title={dialog("adopt.title")}
      verb={dialog("adopt.verb")}
      send={(reason) =>
        adoptSupplierOrderAction({ orderId, supplierOrderId, reason, picture: null })
      }
    >
      <SupplierOrderFacts supplierOrder={row} currency="" />
      <RadioGroup
        legend={t("legend")}
        name="adopter"
        startHere={!single}
        value={orderId}
        onValueChange={setOrderId}
        options={adopters.map((adopter) => {
          const known = ORDER_STATUSES.find((one) => one === adopter.status);
          return {
            value: adopter.orderId,
            label: (
              <span className="flex flex-wrap items-baseline gap-x-3">
                <span className="font-mono text-xs">{shortId(adopter.orderId)}</span>
                <span>{adopter.customerRef ?? t("noCustomer")}</span>
                <span className="text-xs text-ink-2">
                  {known ? status(known) : adopter.status},{" "}
                  <RelativeTime at={adopter.createdAt} focusable={false} />
                </span>
              </span>
            ),
          };
        })}
      />
      <p className="text-pretty text-ink-2">
        {dialog("listsFirst")} {dialog("adopt.body")}
      </p>
    </DecisionDialog>
  );
}
