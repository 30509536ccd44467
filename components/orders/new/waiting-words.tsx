"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { OrderDetail } from "#lib/orders/types.ts";
import { refusalClass } from "./refusal.ts";
import type { Verdict } from "./verdict.ts";

/** What is going on with a placed order, for whoever waits for it. */
export function WaitingWords({
  order,
  verdict,
  long,
  signedOut,
  failed,
}: {
  order: OrderDetail | undefined;
  verdict: Verdict;
  long: boolean;
  signedOut: boolean;
  /** Our own server couldn't be asked. */
  failed: boolean;
}) {
  const t = useTranslations("newOrder.waiting");
  const format = useFormatter();
  if (signedOut) return <p>{t("signedOut")}</p>;
  if (verdict === "payment_refused" && order) {
    const data = order.openSignals.find(({ key }) => key === "pay_refused")?.data;
    const byBalance = refusalClass(String(data?.class ?? "")) === "balance";
    return (
      <div className="grid gap-2">
        <p>{t(byBalance ? "paymentBalance" : "paymentOther")}</p>
        {data?.detail && <SupplierWords text={String(data.detail)} />}
        <p>
          {order.paymentExpiresAt
            ? t("paymentUntil", {
                time: format.dateTime(new Date(order.paymentExpiresAt), "time"),
              })
            : t("paymentGoesOn")}
        </p>
      </div>
    );
  }
  if (verdict === "taken") return <p>{t("takenBody")}</p>;
  if (!long) return <p>{t("short")}</p>;
  const deferred = order?.timeline.findLast(({ kind }) => kind === "create_deferred");
  return (
    <div className="grid gap-2">
      <p>{t(failed ? "unreached" : deferred ? "deferred" : "long")}</p>
      {!failed && deferred && typeof deferred.data.detail === "string" && (
        <SupplierWords text={deferred.data.detail} />
      )}
    </div>
  );
}

/** What the supplier said, in its own words and nobody else's. */
export function SupplierWords({ text }: { text: string }) {
  const t = useTranslations("newOrder");
  return (
    <p className="text-xs text-ink-2">
      {t("supplierSays")} <q className="wrap-anywhere">{text}</q>
    </p>
  );
}
