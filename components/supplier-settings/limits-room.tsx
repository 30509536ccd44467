"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, lazy, Suspense, useEffect, useRef, useState } from "react";
import { configureSupplierAction } from "#app/(console)/settings/suppliers/actions.ts";
import type { AccountView } from "#components/supplier-settings/account-view.ts";
import { BalanceLines } from "#components/supplier-settings/balance-lines.tsx";
import {
  type LimitsDraft,
  type LimitsField,
  limitsDraftOf,
  wishOf,
} from "#components/supplier-settings/limits-draft.ts";
import {
  CallFields,
  LookFields,
  PlacingFields,
  ThresholdFields,
} from "#components/supplier-settings/limits-fields.tsx";
import { useAccountAct } from "#components/supplier-settings/use-account-act.ts";
import { Button } from "#components/ui/button.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Section } from "#components/ui/section.tsx";

const ActProblem = lazy(async () => ({
  default: (await import("#components/acts/act-problem.tsx")).ActProblem,
}));
const ProofDialog = lazy(async () => ({
  default: (await import("#components/access/proof-dialog.tsx")).ProofDialog,
}));

/** How an account is treated, to be changed; what is saved counts at once, for every process. */
export function LimitsRoom({ account }: { account: AccountView }) {
  const t = useTranslations("supplierSettings.limits");
  const form = useTranslations("supplierSettings.form");
  const router = useRouter();
  const act = useAccountAct();
  // What it was when the page was opened: only what somebody has changed is sent.
  const [before] = useState(() => limitsDraftOf(account));
  const [draft, setDraft] = useState(before);
  const [wrong, setWrong] = useState<readonly LimitsField[]>([]);
  const [sentences, setSentences] = useState<readonly string[]>([]);
  const element = useRef<HTMLFormElement>(null);
  const backHref = `/settings/suppliers/${account.slug}`;
  useEffect(() => {
    if (wrong.length === 0) return;
    element.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [wrong]);

  const set = (to: Partial<LimitsDraft>) => setDraft({ ...draft, ...to });
  const errorAt = (field: LimitsField): string | undefined => {
    if (!wrong.includes(field)) return undefined;
    return t(`wrong.${field.startsWith("lines.") ? "line" : (field as "callsPerMinute")}`);
  };
  function leave() {
    router.push(backHref);
    router.refresh();
  }
  async function submit(event: FormEvent) {
    event.preventDefault();
    const wish = wishOf(draft, before);
    setWrong(Array.isArray(wish) ? wish : []);
    setSentences([]);
    if (Array.isArray(wish)) return;
    if (Object.keys(wish).length === 0) return leave();
    const answer = await act.run(() => configureSupplierAction(account.slug, wish));
    if (answer?.kind === "invalid") setSentences(answer.sentences);
    else if (answer) leave();
  }
  const fields = { draft, errorAt, onChange: set };
  return (
    <>
      <PageHeader title={t("pageOf", { name: account.name })} />
      <form
        ref={element}
        noValidate
        autoComplete="off"
        onSubmit={(event) => void submit(event)}
        className="[&_:is(input,textarea,select)]:scroll-mb-44"
      >
        <Section title={t("group.calls")} description={t("groupBody.calls")}>
          <CallFields {...fields} />
        </Section>
        <Section title={t("group.looks")} description={t("groupBody.looks")}>
          <LookFields {...fields} />
        </Section>
        <Section title={t("group.thresholds")} description={t("groupBody.thresholds")}>
          <ThresholdFields {...fields} />
        </Section>
        <Section title={t("group.balance")} description={t("groupBody.balance")}>
          <BalanceLines {...fields} />
        </Section>
        <Section title={t("group.placing")} description={t("groupBody.placing")}>
          <PlacingFields
            {...fields}
            hasGuard={account.traits?.duplicateGuard === "reference" || before.isGuardTrusted}
          />
        </Section>
        <div className="px-gutter sticky bottom-(--bottombar) z-5 grid gap-3 border-t border-line bg-surface py-3">
          {wrong.length > 0 && (
            <Notice tone="risk" live title={form("wrong", { count: wrong.length })} />
          )}
          {sentences.length > 0 && (
            <Notice tone="risk" live title={t("refused")}>
              {sentences.map((sentence) => (
                <p key={sentence}>{sentence}</p>
              ))}
            </Notice>
          )}
          <Suspense>
            {act.failure && <ActProblem failure={act.failure} words="supplierSettings" />}
          </Suspense>
          <div className="flex flex-wrap items-center gap-2">
            <Button type="submit" variant="primary" busy={act.busy}>
              {t("verb")}
            </Button>
            <ButtonLink href={backHref} variant="ghost">
              {form("back")}
            </ButtonLink>
          </div>
        </div>
      </form>
      <Suspense>{act.proof.asking && <ProofDialog proof={act.proof} />}</Suspense>
    </>
  );
}
