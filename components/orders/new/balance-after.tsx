"use client";

import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Money } from "#components/ui/money.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { BalanceView } from "#lib/balance/types.ts";
import { compareAmounts, subtract } from "#lib/platform/money.ts";
import { useMoneyText } from "./use-money-text.ts";

/** What is available now and what would be left; in amber where it would not do. */
export function BalanceAfter({
  balance,
  currency,
  total,
  isMock,
}: {
  balance: BalanceView | null;
  currency: string;
  total: string | null;
  isMock: boolean;
}) {
  const t = useTranslations("newOrder.summary");
  const money = useMoneyText();
  if (isMock) return <p className="text-xs text-mock">{t("mock")}</p>;
  if (!balance) return <p className="text-xs text-ink-2">{t("noBalance", { currency })}</p>;
  const after = total === null ? null : subtract(balance.available, total);
  const missing = missingFunds(balance, total);
  return (
    <div className="grid gap-1.5">
      <p className="flex items-baseline justify-between gap-3 text-ink-2">
        <span>
          {t("balance")}
          {balance.stale && (
            <span className="ml-1.5 text-xs text-look">
              <RelativeTime at={balance.sampledAt} />
            </span>
          )}
        </span>
        <Money amount={balance.available} currency={currency} aligned />
      </p>
      <p className="flex items-baseline justify-between gap-3">
        <span className="text-ink-2">{t("after")}</span>
        <Money
          amount={after}
          currency={currency}
          aligned
          className={missing ? "font-medium text-look" : "font-medium"}
        />
      </p>
      {missing && (
        <p className="mt-1 flex gap-2 rounded-md border border-look-line bg-look-soft px-2.5 py-2 text-xs text-look">
          <TriangleAlert aria-hidden className="mt-px size-3.5" />
          <span className="min-w-0 text-pretty">
            {t("short", { missing: money(missing, currency) })}
          </span>
        </p>
      )}
    </div>
  );
}

/** How much is lacking, or null where the balance does. */
export function missingFunds(balance: BalanceView, total: string | null): string | null {
  if (total === null || compareAmounts(total, balance.available) <= 0) return null;
  return subtract(total, balance.available);
}
