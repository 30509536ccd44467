"use client";

import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { Link } from "#components/ui/link.tsx";
import { Section } from "#components/ui/section.tsx";
import { shortId } from "#components/ui/short-id.ts";
import { RelativeTime } from "#components/ui/time.tsx";
import type { RawAnswer } from "#lib/suppliers/room-types.ts";

/** What it said of orders lately, as it came, codes masked; each folded away until asked for. */
export function AnswersSection({ answers }: { answers: readonly RawAnswer[] }) {
  const t = useTranslations("supplierSettings.answers");
  return (
    <Section title={t("title")} description={t("body")}>
      {answers.length === 0 && <p className="text-ink-2">{t("none")}</p>}
      <ul className="grid">
        {answers.map(({ orderId, at, word, answer }) => (
          <li key={orderId} className="border-line not-first:border-t">
            <details className="group">
              <summary className="flex min-h-10 flex-wrap items-center gap-x-3 py-2 select-none hover:bg-hover">
                <ChevronRight
                  aria-hidden
                  className="text-ink-3 transition-transform group-open:rotate-90"
                />
                <code className="font-mono text-xs">{shortId(orderId)}</code>
                {word && <span>{word}</span>}
                <RelativeTime at={at} focusable={false} className="text-xs text-ink-2" />
              </summary>
              <div className="grid gap-2 pb-3">
                <Link href={`/orders/${orderId}`} className="w-fit text-xs">
                  {t("order")}
                </Link>
                <CodeBlock
                  text={JSON.stringify(answer, null, 2)}
                  label={t("label", { id: shortId(orderId) })}
                  copyLabel={t("copy")}
                />
              </div>
            </details>
          </li>
        ))}
      </ul>
    </Section>
  );
}
