"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { NamedSignal } from "#components/overview/overview-view.ts";
import { Link } from "#components/ui/link.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { RelativeTime } from "#components/ui/time.tsx";

/** What needs a look beyond single orders: what it means, and what to do. */
export function SystemSignals({ signals }: { signals: readonly NamedSignal[] }) {
  const t = useTranslations("overview.system");
  return (
    <ul aria-label={t("label")} className="px-gutter grid gap-2 pb-4">
      {signals.map((signal) => (
        <li key={`${signal.key} ${signal.subject}`}>
          <Signal signal={signal} />
        </li>
      ))}
    </ul>
  );
}

function Signal({ signal: { key, subject, name, openedAt, data } }: { signal: NamedSignal }) {
  const t = useTranslations("overview.system");
  const count = Number(data.count ?? 1);
  const since = (
    <span className="ml-2 text-xs font-normal">
      <RelativeTime at={openedAt} />
    </span>
  );
  const link = (href: string, words: ReactNode) => (
    <Link tone="prose" href={href}>
      {words}
    </Link>
  );
  switch (key) {
    case "mode_fell_back":
      return (
        <Notice
          tone="risk"
          title={
            <>
              {t("mode_fell_back.title", { name })}
              {since}
            </>
          }
        >
          {t("mode_fell_back.body", { word: String(data.word ?? "") })}{" "}
          {data.orderId && link(`/orders/${data.orderId}`, t("mode_fell_back.open"))}
        </Notice>
      );
    case "orphans_many":
      return (
        <Notice
          tone="look"
          title={
            <>
              {t("orphans_many.title", { name, count })}
              {since}
            </>
          }
        >
          {t("orphans_many.body")} {link("/supplier-orders?show=orphan", t("orphans_many.open"))}
        </Notice>
      );
    case "unattributed_supplier_order":
      return (
        <Notice
          tone="look"
          title={
            <>
              {t("unattributed_supplier_order.title", { name, count })}
              {since}
            </>
          }
        >
          {t("unattributed_supplier_order.body")}{" "}
          {link("/supplier-orders", t("unattributed_supplier_order.open"))}
        </Notice>
      );
    case "audit_overdue":
      return (
        <Notice
          tone="risk"
          title={
            <>
              {t("audit_overdue.title", { name })}
              {since}
            </>
          }
        >
          {t("audit_overdue.body")} {data.problem && <q>{String(data.problem)}</q>}
        </Notice>
      );
    case "invariant_violated":
      return (
        <Notice
          tone="risk"
          title={
            <>
              {t("invariant_violated.title", { name })}
              {since}
            </>
          }
        >
          {t("invariant_violated.body", { count })}
        </Notice>
      );
    case "reveals_unusual":
      return (
        <Notice
          tone="risk"
          title={
            <>
              {t("reveals_unusual.title", { name, count })}
              {since}
            </>
          }
        >
          {t("reveals_unusual.body")}
        </Notice>
      );
    case "balance_low": {
      const { available, lowAt, currency } = data;
      return (
        <Notice
          tone="risk"
          title={
            <>
              {t("balance_low.title", { name, amount: `${available} ${currency}` })}
              {since}
            </>
          }
        >
          {t("balance_low.body", { line: `${lowAt} ${currency}` })}{" "}
          {link("/balance", t("balance_low.open"))}
        </Notice>
      );
    }
    case "stock_low":
      return (
        <Notice
          tone="look"
          title={
            <>
              {t("stock_low.title", { name, count: Number(data.available ?? 0) })}
              {since}
            </>
          }
        >
          {t("stock_low.body", { line: Number(data.line ?? 0) })}{" "}
          {link(`/codes?product=${subject}`, t("stock_low.open"))}
        </Notice>
      );
    case "codes_expiring":
      return (
        <Notice
          tone="look"
          title={
            <>
              {t("codes_expiring.title", { name, count: Number(data.codes ?? 1) })}
              {since}
            </>
          }
        >
          {t("codes_expiring.body")}{" "}
          {link(`/codes?product=${subject}&expiring=1`, t("codes_expiring.open"))}
        </Notice>
      );
    case "endpoint_failing":
      return (
        <Notice
          tone="look"
          title={
            <>
              {t("endpoint_failing.title", { name, count: Number(data.failures ?? 1) })}
              {since}
            </>
          }
        >
          {t("endpoint_failing.body")}{" "}
          {link(`/settings/endpoints/${subject}`, t("endpoint_failing.open"))}
        </Notice>
      );
    case "endpoint_disabled":
      return (
        <Notice
          tone="risk"
          title={
            <>
              {t("endpoint_disabled.title", { name })}
              {since}
            </>
          }
        >
          {t("endpoint_disabled.body", { why: String(data.why ?? "") })}{" "}
          {link(`/settings/endpoints/${subject}`, t("endpoint_disabled.open"))}
        </Notice>
      );
    case "handed_out_of_failed_order":
      return (
        <Notice
          tone="risk"
          title={
            <>
              {t("handed_out_of_failed_order.title", { count: Number(data.codes ?? 1) })}
              {since}
            </>
          }
        >
          {t("handed_out_of_failed_order.body")}{" "}
          {link(`/orders/${subject}`, t("handed_out_of_failed_order.open"))}
        </Notice>
      );
  }
}
