"use client";

import { useTranslations } from "next-intl";
import { Link } from "#components/ui/link.tsx";
import { Money } from "#components/ui/money.tsx";
import type { StepView } from "#lib/balance/types.ts";

/** What a change was made up of, the largest first. */
export function StepMoves({ step, currency }: { step: StepView; currency: string }) {
  // i18n-use: balance.move.*
  const t = useTranslations("balance.move");
  if (step.movesTotal === 0) return <span className="text-ink-3">–</span>;
  const more = step.movesTotal - step.moves.length;
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-0.5 text-xs">
      {step.moves.map(({ kind, amount, orderId, supplierOrderId }, index) => (
        <li key={`${kind} ${orderId ?? supplierOrderId ?? index}`} className="whitespace-nowrap">
          {orderId ? (
            <Link href={`/orders/${orderId}`}>{t(kind)}</Link>
          ) : (
            <span className="text-ink-2">{t(kind)}</span>
          )}{" "}
          <Money amount={amount} currency={currency} sign />
        </li>
      ))}
      {more > 0 && <li className="text-ink-3">{t("more", { count: more })}</li>}
    </ul>
  );
}
