"use client";

import { useTranslations } from "next-intl";
import { balanceStep } from "#components/reconcile/balance-step.ts";
import { EvidencePart } from "#components/reconcile/evidence-part.tsx";
import { Definition } from "#components/ui/definition-list.tsx";
import { Money } from "#components/ui/money.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { BalanceAt, Evidence } from "#lib/reconcile/types.ts";

/** What was available before the first send and after the last: the witness that the list isn't. */
export function BalanceEvidence({
  balance,
  total,
}: {
  balance: Evidence["balance"];
  /** What the order costs, decimal text. */
  total: string;
}) {
  const t = useTranslations("reconcile.balance");
  const step = balanceStep(balance, total);
  const { currency } = balance;
  return (
    <EvidencePart title={t("title")}>
      <div className="px-gutter grid gap-2">
        <dl className="grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-3">
          <Definition term={t("before")}>
            <Reading reading={balance.before} currency={currency} />
          </Definition>
          <Definition term={t("after")}>
            <Reading reading={balance.after} currency={currency} />
          </Definition>
          {"difference" in step && (
            <Definition term={t("difference")}>
              <Money amount={step.difference} currency={currency} sign strong />
            </Definition>
          )}
        </dl>
        <p className="max-w-prose text-xs text-pretty text-ink-2">{t(`step.${step.kind}`)}</p>
      </div>
    </EvidencePart>
  );
}

function Reading({ reading, currency }: { reading: BalanceAt | null; currency: string }) {
  const t = useTranslations("reconcile.balance");
  if (!reading) return <span className="text-ink-3">{t("none")}</span>;
  return (
    <>
      <Money amount={reading.available} currency={currency} />
      <span className="block text-xs text-ink-3">
        <RelativeTime at={reading.at} />
      </span>
    </>
  );
}
