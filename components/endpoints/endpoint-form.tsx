"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, lazy, type ReactNode, Suspense, useEffect, useRef } from "react";
import { ChannelSettings } from "#components/endpoints/channel-settings.tsx";
import type { EndpointDraft } from "#components/endpoints/endpoint-draft.ts";
import type { EndpointForm as FormState } from "#components/endpoints/use-endpoint-form.ts";
import { Button } from "#components/ui/button.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Section } from "#components/ui/section.tsx";
import { LONGEST_ENDPOINT_NAME } from "#lib/deliveries/endpoint-limits.ts";

// Rendered with the page, but their code comes after what one begins with, or with a need.
const EventPicker = lazy(async () => ({
  default: (await import("#components/endpoints/event-picker.tsx")).EventPicker,
}));
const ProductPicker = lazy(async () => ({
  default: (await import("#components/endpoints/product-picker.tsx")).ProductPicker,
}));
const PayloadFields = lazy(async () => ({
  default: (await import("#components/endpoints/payload-fields.tsx")).PayloadFields,
}));
const HowFields = lazy(async () => ({
  default: (await import("#components/endpoints/how-fields.tsx")).HowFields,
}));
const TryOutcomeNotice = lazy(async () => ({
  default: (await import("#components/endpoints/try-outcome.tsx")).TryOutcomeNotice,
}));
const ActProblem = lazy(async () => ({
  default: (await import("#components/acts/act-problem.tsx")).ActProblem,
}));
const ProofDialog = lazy(async () => ({
  default: (await import("#components/access/proof-dialog.tsx")).ProofDialog,
}));

/** What an endpoint is set to, in the order in which one thinks of it. */
export function EndpointForm({
  form,
  kept,
  endpointId,
  verb,
  backHref,
  top,
}: {
  form: FormState;
  /** Names of the secrets that it has already. */
  kept: readonly string[];
  /** Null of a new one. */
  endpointId: string | null;
  verb: string;
  backHref: string;
  /** Above the name: which channel it is. */
  top?: ReactNode;
}) {
  const t = useTranslations("endpoints.form");
  const { draft, change, errorAt, problems, act, outcome, trying, isUntested } = form;
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
  const set = (to: Partial<EndpointDraft>) => change({ ...draft, ...to });
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
        <Section title={t("where")}>
          <div className="grid max-w-176 gap-4">
            {top}
            <Field label={t("name")} hint={t("nameHint")} error={errorAt("name")} required>
              {(control) => (
                <Input
                  {...control}
                  name="name"
                  autoComplete="off"
                  maxLength={LONGEST_ENDPOINT_NAME}
                  value={draft.name}
                  onChange={({ target }) => set({ name: target.value })}
                />
              )}
            </Field>
            <ChannelSettings
              draft={draft}
              kept={kept}
              endpointId={endpointId}
              errorAt={errorAt}
              onChange={set}
            />
          </div>
        </Section>
        <Section title={t("what")} description={t("whatBody")}>
          <div className="grid max-w-176 gap-5">
            <Suspense>
              <EventPicker
                events={draft.events}
                error={errorAt("events")}
                onChange={(events) => set({ events })}
              />
            </Suspense>
            <Suspense>
              <ProductPicker
                products={draft.products}
                error={errorAt("productIds")}
                onChange={(products) => set({ products })}
              />
            </Suspense>
            <Checkbox
              label={t("mock")}
              hint={t("mockHint")}
              checked={draft.includesMock}
              onChange={({ target }) => set({ includesMock: target.checked })}
            />
          </div>
        </Section>
        <Section title={t("codes")} description={t("codesBody")}>
          <div className="max-w-176">
            <Suspense>
              <PayloadFields draft={draft} error={errorAt("codesReason")} onChange={set} />
            </Suspense>
          </div>
        </Section>
        <Section title={t("how")} description={t("howBody")}>
          <div className="max-w-176">
            <Suspense>
              <HowFields draft={draft} errorAt={errorAt} onChange={set} />
            </Suspense>
          </div>
        </Section>
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
            {act.failure && <ActProblem failure={act.failure} words="endpoints" />}
            {outcome && (
              <div className="max-h-[35dvh] overflow-y-auto">
                <TryOutcomeNotice
                  key={form.attempts}
                  outcome={outcome}
                  saveUntested={isUntested ? () => void form.save(true) : undefined}
                />
              </div>
            )}
          </Suspense>
          <div className="flex flex-wrap items-center gap-2">
            <Button type="submit" variant="primary" busy={act.busy && !trying}>
              {verb}
            </Button>
            <Button busy={trying} disabled={act.busy && !trying} onClick={() => void form.tryOut()}>
              {t("try")}
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
