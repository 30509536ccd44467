"use client";

import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { CodeBlock } from "#components/ui/code-block.tsx";

/** The supplier's last answer as it came, codes masked; folded away until asked for. */
export function SupplierAnswer({ answer }: { answer: unknown }) {
  const t = useTranslations("orders.order.answer");
  return (
    <details className="group border-t border-line">
      <summary className="px-gutter flex min-h-12 items-center gap-2 py-3 text-base font-semibold select-none hover:bg-hover focus-visible:-outline-offset-2">
        <ChevronRight
          aria-hidden
          className="text-ink-3 transition-transform group-open:rotate-90"
        />
        {t("title")}
      </summary>
      <div className="px-gutter grid gap-3 pb-6">
        <p className="max-w-prose text-xs text-ink-2">{t("description")}</p>
        <CodeBlock
          text={JSON.stringify(answer, null, 2)}
          label={t("label")}
          copyLabel={t("copy")}
        />
      </div>
    </details>
  );
}
