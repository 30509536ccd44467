"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { type ButtonWords, RunbookEditor } from "#components/runbooks/runbook-editor.tsx";
import { RunbookPreview } from "#components/runbooks/runbook-preview.tsx";
import { RunbookStandingWords } from "#components/runbooks/standing.tsx";
import { useRunbook } from "#components/runbooks/use-runbook.ts";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import { Toolbar } from "#components/ui/toolbar.tsx";
import type { AlertKind } from "#lib/alerts/alert-policy.ts";
import {
  RUNBOOK_LOCALES,
  type RunbookLocale,
  type RunbookView,
} from "#lib/alerts/runbooks/types.ts";

/** A runbook in each language: to read, and for admins to write, with what it will look like beside it. */
export function RunbookRoom({
  kind,
  stored,
  begins,
  words,
  mayEdit,
}: {
  kind: AlertKind;
  stored: Record<RunbookLocale, RunbookView>;
  /** The reader's own language. */
  begins: RunbookLocale;
  words: ButtonWords;
  mayEdit: boolean;
}) {
  const t = useTranslations("runbooks");
  const [locale, setLocale] = useState(begins);
  // Both, so that what is being written in one isn't lost by looking at the other.
  const drafts = {
    en: useRunbook(kind, "en", stored.en),
    hi: useRunbook(kind, "hi", stored.hi),
  };
  const draft = drafts[locale];
  const preview = <RunbookPreview markdown={draft.text} locale={locale} />;
  return (
    <>
      <Toolbar>
        <SegmentedControl
          label={t("language")}
          value={locale}
          onValueChange={setLocale}
          options={RUNBOOK_LOCALES.map((value) => ({
            value,
            label: (
              <>
                {t(`list.${value}`)}
                {drafts[value].isChanged && <span className="sr-only"> {t("unsaved")}</span>}
                {drafts[value].isChanged && <span aria-hidden> •</span>}
              </>
            ),
          }))}
        />
        <span className="text-xs text-ink-2">
          <RunbookStandingWords standing={draft.stored} />
        </span>
      </Toolbar>
      {mayEdit ? (
        <RunbookEditor
          key={locale}
          kind={kind}
          locale={locale}
          draft={draft}
          words={words}
          preview={preview}
        />
      ) : (
        <div className="px-gutter border-t border-line py-4">{preview}</div>
      )}
    </>
  );
}
