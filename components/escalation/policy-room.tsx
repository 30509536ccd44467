"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { savePolicyAction } from "#app/(console)/settings/escalation/actions.ts";
import { ActProblem } from "#components/acts/act-problem.tsx";
import { useAct } from "#components/acts/use-act.ts";
import { KindFields } from "#components/escalation/kind-fields.tsx";
import {
  emptyPolicy,
  type PolicyDraft,
  policyDraftOf,
  policyInput,
} from "#components/escalation/policy-draft.ts";
import { PolicyWords } from "#components/escalation/policy-words.tsx";
import { QuietFields } from "#components/escalation/quiet-fields.tsx";
import { StepFields } from "#components/escalation/step-fields.tsx";
import { Button } from "#components/ui/button.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Link } from "#components/ui/link.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { NumberField } from "#components/ui/number-field.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Section } from "#components/ui/section.tsx";
import { useLeaveGuard } from "#components/ui/use-leave-guard.ts";
import { LONGEST_POLICY_NAME, MOST_REPEATS } from "#lib/alerts/policies/policy-limits.ts";
import type { PolicyView, Recipients } from "#lib/alerts/policies/types.ts";

const BACK = "/settings/escalation";

/** A policy to be made or changed, with what it comes to in plain words. */
export function PolicyRoom({
  policy,
  recipients,
  kindTitles,
}: {
  /** Null: a new one. */
  policy: PolicyView | null;
  recipients: Recipients;
  kindTitles: Record<string, string>;
}) {
  const t = useTranslations("escalation.form");
  const wrong = useTranslations("escalation.problem");
  const router = useRouter();
  const act = useAct([["escalation"]]);
  const element = useRef<HTMLFormElement>(null);
  const [problems, setProblems] = useState<{ path: string; code: string }[]>([]);
  const [begun] = useState<PolicyDraft>(() =>
    policy ? policyDraftOf(policy) : emptyPolicy(recipients.endpoints[0]?.id ?? ""),
  );
  const [draft, setDraft] = useState(begun);
  const [isSaved, setSaved] = useState(false);
  useLeaveGuard(!isSaved && JSON.stringify(draft) !== JSON.stringify(begun));
  const set = (to: Partial<PolicyDraft>) => setDraft({ ...draft, ...to });
  useEffect(() => {
    if (problems.length > 0) {
      element.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
    }
  }, [problems]);
  function errorAt(path: string): string | undefined {
    const problem = problems.find((one) => one.path === path);
    if (!problem) return undefined;
    // i18n-use: escalation.problem.*
    return wrong.has(problem.code as "required")
      ? wrong(problem.code as "required")
      : wrong("invalid");
  }
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setProblems([]);
    const answer = await act.run(() => savePolicyAction(policyInput(draft, policy)));
    if (answer?.kind === "invalid") setProblems(answer.problems);
    if (answer?.kind !== "saved") return;
    setSaved(true);
    router.push(BACK);
    router.refresh();
  }
  if (recipients.endpoints.length === 0) {
    return (
      <>
        <PageHeader title={t(policy ? "edit" : "new")} />
        <p className="px-gutter">
          {t("noEndpoints")}{" "}
          {recipients.may.addEndpoint ? (
            <Link href="/settings/endpoints/new">{t("addEndpoint")}</Link>
          ) : (
            t("whoAddsEndpoints")
          )}
        </p>
      </>
    );
  }
  return (
    <>
      <PageHeader title={policy ? t("editNamed", { name: policy.name }) : t("new")} />
      <form ref={element} noValidate onSubmit={(event) => void submit(event)} autoComplete="off">
        <Section title={t("what")}>
          <div className="grid max-w-176 gap-4">
            <Field label={t("name")} error={errorAt("name")} required>
              {(control) => (
                <Input
                  {...control}
                  name="name"
                  autoComplete="off"
                  maxLength={LONGEST_POLICY_NAME}
                  value={draft.name}
                  onChange={({ target }) => set({ name: target.value })}
                />
              )}
            </Field>
            <KindFields draft={draft} kindTitles={kindTitles} onChange={set} />
          </div>
        </Section>
        <Section title={t("steps")} description={t("stepsBody")}>
          <div className="grid max-w-176 gap-4">
            <StepFields draft={draft} recipients={recipients} errorAt={errorAt} onChange={set} />
            <div className="flex flex-wrap items-start gap-4">
              <Field label={t("repeats")} hint={t("repeatsHint")} error={errorAt("repeats")}>
                {(control) => (
                  <NumberField
                    {...control}
                    max={MOST_REPEATS}
                    value={draft.repeats}
                    onValueChange={(repeats) => set({ repeats })}
                  />
                )}
              </Field>
              {draft.repeats.trim() !== "0" && (
                <Field label={t("repeatAfter")} error={errorAt("repeatAfterMs")}>
                  {(control) => (
                    <NumberField
                      {...control}
                      min={1}
                      value={draft.repeatMinutes}
                      onValueChange={(repeatMinutes) => set({ repeatMinutes })}
                    />
                  )}
                </Field>
              )}
            </div>
          </div>
        </Section>
        <Section title={t("quiet")} description={t("quietBody")}>
          <div className="max-w-176">
            <QuietFields draft={draft} errorAt={errorAt} onChange={set} />
          </div>
        </Section>
        <Section title={t("preview")}>
          <output className="block max-w-176">
            <PolicyWords picture={pictureOf(draft, recipients, kindTitles)} />
          </output>
        </Section>
        <div className="px-gutter sticky bottom-(--bottombar) z-5 grid gap-3 border-t border-line bg-surface py-3">
          {problems.length > 0 && <Notice tone="risk" live title={t("wrong")} />}
          {act.failure && <ActProblem failure={act.failure} words="escalation" />}
          <div className="flex flex-wrap items-center gap-2">
            <Button type="submit" variant="primary" busy={act.busy}>
              {t("save")}
            </Button>
            <ButtonLink href={BACK} variant="ghost">
              {t("back")}
            </ButtonLink>
          </div>
        </div>
      </form>
    </>
  );
}

function pictureOf(
  draft: PolicyDraft,
  { endpoints, people }: Recipients,
  kindTitles: Record<string, string>,
) {
  const { kinds, severityFloor, steps, repeatAfterMs, repeats, quiet } = policyInput(draft, null);
  return {
    severityFloor: severityFloor ?? draft.severityFloor,
    kinds: (kinds ?? []).map((kind) => kindTitles[kind] ?? kind),
    steps: steps.map(({ afterMs, endpointId, userId }, index) => {
      const endpoint = endpoints.find(({ id }) => id === endpointId);
      const person = people.find(({ id }) => id === userId);
      const name = endpoint?.name ?? "–";
      return {
        ...{ key: draft.steps[index]?.key ?? String(index), afterMs },
        to: person ? `${person.name} (${name})` : name,
        state: endpoint && !endpoint.isOn ? ("off" as const) : ("well" as const),
      };
    }),
    repeatAfterMs: repeatAfterMs ?? null,
    repeats: repeats ?? 0,
    quiet: quiet ? { ...quiet, floor: quiet.floor ?? null } : null,
  };
}
