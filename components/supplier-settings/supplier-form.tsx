"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, lazy, type ReactNode, Suspense, useEffect, useRef } from "react";
import { FieldGrid } from "#components/supplier-settings/field-grid.tsx";
import { fieldGroups } from "#components/supplier-settings/kind-fields.ts";
import { shownFields, slugOf } from "#components/supplier-settings/supplier-draft.ts";
import type { SupplierForm as FormState } from "#components/supplier-settings/use-supplier-form.ts";
import { Button } from "#components/ui/button.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Section } from "#components/ui/section.tsx";

const TriedNotice = lazy(async () => ({
  default: (await import("#components/supplier-settings/tried-notice.tsx")).TriedNotice,
}));
const ActProblem = lazy(async () => ({
  default: (await import("#components/acts/act-problem.tsx")).ActProblem,
}));
const ProofDialog = lazy(async () => ({
  default: (await import("#components/access/proof-dialog.tsx")).ProofDialog,
}));

const LONGEST_NAME = 60;
const LONGEST_SLUG = 64;

/** What an account is configured by, in the order in which one thinks of it. */
export function SupplierForm({
  form,
  isNew,
  verb,
  backHref,
  webhookUrl,
  top,
}: {
  form: FormState;
  /** Its address is chosen once. An account that is there has its secrets replaced on its page. */
  isNew: boolean;
  verb: string;
  backHref: string;
  /** Where it will send its messages; null while that isn't known. */
  webhookUrl: string | null;
  /** Above the name: which kind it is. */
  top?: ReactNode;
}) {
  const t = useTranslations("supplierSettings.form");
  const { draft, change, errorAt, problems, act, outcome, trying } = form;
  const element = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (problems.length === 0) return;
    // What is wrong may be folded away, or off the screen.
    const first = element.current?.querySelector<HTMLElement>("[aria-invalid=true]");
    first?.closest("details")?.setAttribute("open", "");
    first?.focus();
  }, [problems]);
  function submit(event: FormEvent) {
    event.preventDefault();
    void form.save();
  }
  // Of an account that is there, a key is asked for only where it is needed again: it leads elsewhere now.
  const isAsked = (path: string) =>
    problems.some((problem) => problem.path === path) || draft.texts[path] !== "";
  const fields = shownFields(draft).filter(
    ({ path }) => isNew || !path.startsWith("secrets.") || isAsked(path),
  );
  const groups = fieldGroups
    .map((group) => ({ group, fields: fields.filter((field) => field.group === group) }))
    .filter((one) => one.fields.length > 0);
  return (
    <>
      <form
        ref={element}
        noValidate
        onSubmit={submit}
        autoComplete="off"
        // What is tabbed to isn't hidden by the bar below.
        className="[&_:is(input,textarea,select,summary)]:scroll-mb-44"
      >
        <Section title={t("which")}>
          <div className="grid max-w-176 gap-4">
            {top}
            <Field label={t("name")} hint={t("nameHint")} error={errorAt("name")} required>
              {(control) => (
                <Input
                  {...control}
                  name="name"
                  autoComplete="off"
                  maxLength={LONGEST_NAME}
                  value={draft.name}
                  onChange={({ target: { value: name } }) =>
                    change({ ...draft, name, ...(!draft.isSlugTyped && { slug: slugOf(name) }) })
                  }
                />
              )}
            </Field>
            {isNew && (
              <Field label={t("slug")} hint={t("slugHint")} error={errorAt("slug")} required>
                {(control) => (
                  <Input
                    {...control}
                    name="slug"
                    mono
                    autoComplete="off"
                    autoCapitalize="none"
                    spellCheck={false}
                    maxLength={LONGEST_SLUG}
                    value={draft.slug}
                    onChange={({ target }) =>
                      change({ ...draft, slug: target.value, isSlugTyped: true })
                    }
                  />
                )}
              </Field>
            )}
          </div>
        </Section>
        {groups.map(({ group, fields: those }) => (
          <Section key={group} title={t(`group.${group}`)} description={t(`groupBody.${group}`)}>
            <div className="grid max-w-176 gap-4">
              {group === "tell" && webhookUrl && (
                <p className="text-xs text-ink-2">
                  {t("sendTo")} <code className="font-mono wrap-anywhere">{webhookUrl}</code>
                </p>
              )}
              {group === "words" ? (
                <details className="group">
                  <summary className="w-fit rounded-sm text-xs font-medium text-ink-2 hover:text-ink">
                    {t("showWords")}
                  </summary>
                  <div className="pt-3">
                    <FieldGrid fields={those} form={form} />
                  </div>
                </details>
              ) : (
                <FieldGrid fields={those} form={form} />
              )}
            </div>
          </Section>
        ))}
        <div className="px-gutter sticky bottom-(--bottombar) z-5 grid gap-3 border-t border-line bg-surface py-3">
          {problems.length > 0 && (
            <Notice
              key={form.attempts}
              tone="risk"
              live
              title={t("wrong", { count: problems.length })}
            >
              {form.unplaced.map((text) => (
                <p key={text}>{text}</p>
              ))}
            </Notice>
          )}
          <Suspense>
            {act.failure && <ActProblem failure={act.failure} words="supplierSettings" />}
            {outcome && (
              <div className="max-h-[35dvh] overflow-y-auto">
                <TriedNotice key={form.attempts} {...outcome} />
              </div>
            )}
          </Suspense>
          <div className="flex flex-wrap items-center gap-2">
            <Button type="submit" variant="primary" busy={act.busy && !trying}>
              {verb}
            </Button>
            <Button busy={trying} disabled={act.busy && !trying} onClick={() => void form.tryOut()}>
              {t("test")}
            </Button>
            <ButtonLink href={backHref} variant="ghost">
              {t("back")}
            </ButtonLink>
          </div>
        </div>
      </form>
      <Suspense>{act.proof.asking && <ProofDialog proof={act.proof} />}</Suspense>
    </>
  );
}
