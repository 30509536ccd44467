"use client";

import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { Money } from "#components/ui/money.tsx";
import { type Draft, draftCurrency, draftTotal } from "./draft.ts";

export const FORM_ID = "new-order";
export const REVIEW_ID = "review-order";

/** The one button of the page. On a phone it stays above the bar below, with the total beside it. */
export function BuyBar({ draft, busy }: { draft: Draft; busy: boolean }) {
  const t = useTranslations("newOrder.summary");
  const currency = draftCurrency(draft);
  return (
    <div className="sticky bottom-(--bottombar) z-10 -mx-(--gutter) flex items-center gap-4 border-t border-line-strong bg-surface px-(--gutter) py-3 lg:static lg:m-0 lg:border-0 lg:p-0">
      {currency && (
        <p className="grid min-w-0 flex-1 lg:hidden">
          <span className="text-xs text-ink-2">{t("lines", { count: draft.lines.length })}</span>
          <Money amount={draftTotal(draft)} currency={currency} className="text-lg font-semibold" />
        </p>
      )}
      <Button
        id={REVIEW_ID}
        type="submit"
        form={FORM_ID}
        variant="primary"
        size="lg"
        busy={busy}
        className="lg:w-full max-lg:ml-auto"
      >
        {t("review")}
      </Button>
    </div>
  );
}
