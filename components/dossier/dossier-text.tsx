"use client";

import { useTranslations } from "next-intl";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { ExactTime } from "#components/ui/time.tsx";
import type { DossierView } from "#lib/alerts/dossier/types.ts";

/** A dossier's words, with both its forms to copy. */
export function DossierText({ dossier }: { dossier: DossierView }) {
  const t = useTranslations("dossier");
  const { text, data, madeBy, createdAt } = dossier;
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <CopyButton words size="md" variant="secondary" value={text} label={t("copyText")} />
        <CopyButton
          words
          size="md"
          variant="secondary"
          value={JSON.stringify(data, null, 2)}
          label={t("copyJson")}
        />
        <span className="text-xs text-ink-3">
          {t.rich("made", { name: madeBy, at: () => <ExactTime at={createdAt} /> })}
        </span>
      </div>
      <CodeBlock text={text} label={t("text")} />
    </div>
  );
}
