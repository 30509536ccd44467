"use client";

import { useTranslations } from "next-intl";
import { Definition } from "#components/ui/definition-list.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import { useSpan } from "#components/ui/use-elapsed-text.ts";
import type { SupplierOrderPage } from "#lib/reconcile/types.ts";

/** How each account is treated, and when its list was last read through. */
export function AccountStrip({ accounts }: { accounts: SupplierOrderPage["accounts"] }) {
  const t = useTranslations("supplierOrders.account");
  const mode = useTranslations("reconcile.mode");
  const span = useSpan();
  if (accounts.length === 0) return null;
  return (
    <ul className="border-y border-line">
      {accounts.map((account) => (
        <li key={account.supplierId} className="px-gutter grid gap-1.5 py-3 not-first:border-t">
          <dl className="grid grid-cols-2 gap-x-6 gap-y-2 md:grid-cols-[repeat(5,auto)] md:justify-start md:gap-x-10">
            <Definition term={t("name")}>
              <span className="font-medium">{account.name}</span>
            </Definition>
            <Definition term={t("mode")}>{mode(`${account.mode}.word`)}</Definition>
            <Definition term={t("settling")}>{span(account.settlingMs)}</Definition>
            <Definition term={t("use")}>{t(account.isExclusive ? "alone" : "shared")}</Definition>
            <Definition term={t("audited")}>
              {account.auditedAt ? (
                <RelativeTime at={account.auditedAt} />
              ) : (
                <span className="text-look">{t("never")}</span>
              )}
            </Definition>
          </dl>
          <p className="max-w-prose text-xs text-pretty text-ink-2">
            {mode(`${account.mode}.body`)}
          </p>
        </li>
      ))}
    </ul>
  );
}
