"use client";

import { ShieldCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { MockBadge } from "#components/orders/mock-badge.tsx";
import { Money } from "#components/ui/money.tsx";
import type { BalanceView } from "#lib/balance/types.ts";
import { BalanceAfter } from "./balance-after.tsx";
import { type Draft, draftCurrency, draftTotal, lineTotal } from "./draft.ts";

/** What it comes to: lines, total, balance now and after. `notice` is what the supplier said of it. */
export function Summary({
  draft,
  balances,
  notice,
}: {
  draft: Draft;
  balances: readonly BalanceView[];
  notice: ReactNode;
}) {
  const t = useTranslations("newOrder.summary");
  const currency = draftCurrency(draft);
  const total = draftTotal(draft);
  return (
    <section aria-labelledby="order-summary" className="grid gap-3">
      <h2 id="order-summary" className="flex items-center gap-2 text-base font-semibold">
        {t("title")}
        {draft.isMock && <MockBadge />}
      </h2>
      {notice}
      {currency === null ? (
        <p className="text-ink-2">{t("nothing")}</p>
      ) : (
        <>
          <ul className="grid gap-1.5">
            {draft.lines.map((line) => (
              <li key={line.key} className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3">
                <span className="truncate text-ink-2">
                  <span className="text-ink-3">{line.quantity.trim() || "–"} ×</span>{" "}
                  {line.product.name}
                </span>
                <Money amount={lineTotal(line)} currency={line.product.currency} aligned />
              </li>
            ))}
          </ul>
          <div className="flex items-baseline justify-between gap-3 border-t border-line pt-3 text-base">
            <span className="font-medium">{t("total")}</span>
            <Money amount={total} currency={currency} strong aligned />
          </div>
          <BalanceAfter
            balance={balances.find((one) => one.currency === currency) ?? null}
            currency={currency}
            total={total}
            isMock={draft.isMock}
          />
          {!draft.isMock && (
            <p className="flex gap-2 text-xs text-ink-2">
              <ShieldCheck aria-hidden className="mt-px size-3.5" />
              <span className="min-w-0 text-pretty">{t("guard")}</span>
            </p>
          )}
        </>
      )}
    </section>
  );
}
