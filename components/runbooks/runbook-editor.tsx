"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, lazy, type ReactNode, Suspense, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { RunbookDraft } from "#components/runbooks/use-runbook.ts";
import { Button } from "#components/ui/button.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Field } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { ALERT_KINDS, type AlertAction, type AlertKind } from "#lib/alerts/alert-policy.ts";
import {
  LONGEST_RUNBOOK,
  type RunbookLocale,
  type RunbookProblem,
} from "#lib/alerts/runbooks/types.ts";

const ActProblem = lazy(async () => ({
  default: (await import("#components/acts/act-problem.tsx")).ActProblem,
}));
const RestoreDialog = lazy(async () => ({
  default: (await import("#components/runbooks/restore-dialog.tsx")).RestoreDialog,
}));

/** What the buttons of a kind are called. */
export type ButtonWords = Partial<Record<AlertAction, string>>;

/** The text of a runbook, its kind's buttons to put into it, and what it will look like. */
export function RunbookEditor({
  kind,
  locale,
  draft,
  words,
  preview,
}: {
  kind: AlertKind;
  locale: RunbookLocale;
  draft: RunbookDraft;
  words: ButtonWords;
  preview: ReactNode;
}) {
  const t = useTranslations("runbooks.edit");
  const area = useRef<HTMLTextAreaElement>(null);
  const [isAsking, setAsking] = useState(false);
  const { stored, text, problems, act } = draft;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (problems.length > 0) area.current?.focus();
    else void draft.save();
  }
  function insert(action: AlertAction) {
    const from = area.current?.selectionStart ?? text.length;
    const to = area.current?.selectionEnd ?? from;
    const link = `[${(text.slice(from, to) || words[action]) ?? action}](action:${action})`;
    flushSync(() => draft.write(text.slice(0, from) + link + text.slice(to)));
    area.current?.focus();
    area.current?.setSelectionRange(from + link.length, from + link.length);
  }
  const wordsOf = (problem: RunbookProblem): string => {
    switch (problem.code) {
      case "empty":
        return t("problem.empty");
      case "long":
        return t("problem.long", { most: LONGEST_RUNBOOK });
      case "unknown_button":
        return t("problem.unknown_button", { button: problem.button });
    }
  };
  return (
    <>
      <form noValidate onSubmit={submit}>
        <div className="px-gutter grid gap-x-8 gap-y-6 border-t border-line pt-4 pb-6 lg:grid-cols-2">
          <div className="grid content-start gap-3">
            <Field
              label={t("text")}
              hint={t("hint")}
              error={problems.length > 0 && problems.map(wordsOf).join(" ")}
            >
              {(control) => (
                <Textarea
                  {...control}
                  ref={area}
                  lang={locale}
                  rows={22}
                  spellCheck
                  value={text}
                  onChange={({ target }) => draft.write(target.value)}
                />
              )}
            </Field>
            <fieldset className="grid gap-1.5">
              <legend className="mb-1.5 text-xs font-medium text-ink-2">{t("buttons")}</legend>
              <div className="flex flex-wrap gap-1.5">
                {ALERT_KINDS[kind].actions.map((action) => (
                  <Button key={action} size="sm" onClick={() => insert(action)}>
                    {words[action] ?? action}
                  </Button>
                ))}
              </div>
            </fieldset>
          </div>
          <section aria-label={t("preview")} className="grid content-start gap-2">
            <h2 className="text-xs font-medium text-ink-2">{t("preview")}</h2>
            <div className="rounded-md border border-line p-4">{preview}</div>
          </section>
        </div>
        <div className="px-gutter sticky bottom-(--bottombar) z-5 grid gap-3 border-t border-line bg-surface py-3">
          {draft.isOvertaken && (
            <Notice
              tone="look"
              live
              title={t("overtaken", {
                name: stored.updatedBy ?? "",
                isEdited: String(stored.isEdited),
              })}
              action={<Button onClick={draft.discard}>{t("takeTheirs")}</Button>}
            >
              {t("overtakenBody")}
            </Notice>
          )}
          <Suspense>
            {act.failure && !draft.isOvertaken && !isAsking && (
              <ActProblem failure={act.failure} words="runbooks" />
            )}
          </Suspense>
          <div className="flex flex-wrap items-center gap-2">
            <Button type="submit" variant="primary" busy={act.busy} disabled={!draft.isChanged}>
              {t(draft.isOvertaken ? "saveOver" : "save")}
            </Button>
            {draft.isChanged && (
              <Button disabled={act.busy} onClick={draft.discard}>
                {t("discard")}
              </Button>
            )}
            {stored.isEdited && (
              <Button disabled={act.busy} onClick={() => setAsking(true)}>
                {t("restore")}
              </Button>
            )}
            <ButtonLink href="/settings/runbooks" variant="ghost">
              {t("back")}
            </ButtonLink>
            <span role="status" className="text-xs text-done">
              {draft.isSaved && t("saved")}
            </span>
          </div>
        </div>
      </form>
      <Suspense>
        {isAsking && <RestoreDialog draft={draft} onClose={() => setAsking(false)} />}
      </Suspense>
    </>
  );
}
