"use client";

import { useTranslations } from "next-intl";
import { lazy, type ReactNode, Suspense } from "react";
import { endOwnSessionsAction } from "#app/(console)/settings/account/actions.ts";
import { FactorSection } from "#components/account/factor-section.tsx";
import { PasswordForm } from "#components/account/password-form.tsx";
import { ActProblem } from "#components/acts/act-problem.tsx";
import { grantKey } from "#components/people/person-fields.tsx";
import { SessionsList } from "#components/people/sessions-list.tsx";
import { usePersonAct } from "#components/people/use-person-act.ts";
import { Button } from "#components/ui/button.tsx";
import { Definition, DefinitionList } from "#components/ui/definition-list.tsx";
import { Money } from "#components/ui/money.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Section } from "#components/ui/section.tsx";
import type { OwnAccount } from "#lib/access/people/types.ts";

const ProofDialog = lazy(async () => ({
  default: (await import("#components/access/proof-dialog.tsx")).ProofDialog,
}));

/** One's own: what one may do, the password, the second factor, where one is signed in. */
export function AccountRoom({
  account,
  signOn,
}: {
  account: OwnAccount;
  /** The part on single sign-on. */
  signOn: ReactNode;
}) {
  const t = useTranslations("account");
  const act = usePersonAct();
  const end = (id: string | null) => void act.run(() => endOwnSessionsAction(id));
  const { sessions } = account;
  return (
    <>
      <PageHeader
        title={t("title")}
        meta={<span className="wrap-anywhere">{account.email}</span>}
      />
      <Rights account={account} />
      <Section title={t("password.title")} description={t("password.body")}>
        {account.hasPassword ? (
          <PasswordForm />
        ) : (
          <p className="text-ink-2">{t("password.none")}</p>
        )}
      </Section>
      {signOn}
      <FactorSection account={account} />
      <Section
        title={t("sessions.title")}
        description={t("sessions.body")}
        action={
          sessions.length > 1 && (
            <Button size="sm" disabled={act.busy} onClick={() => end(null)}>
              {t("sessions.endOthers")}
            </Button>
          )
        }
      >
        {act.failure && (
          <div className="pb-3">
            <ActProblem failure={act.failure} words="people" />
          </div>
        )}
        <SessionsList sessions={sessions} busy={act.busy} onEnd={end} />
      </Section>
      <Suspense>{act.proof.asking && <ProofDialog proof={act.proof} />}</Suspense>
    </>
  );
}

function Rights({ account }: { account: OwnAccount }) {
  const t = useTranslations("people");
  const roleName = useTranslations("common.role");
  return (
    <Section title={t("person.rights")}>
      <DefinitionList columns>
        <Definition term={t("fields.role")}>
          {roleName(account.role)}
          <span className="block text-xs text-ink-2">{t(`fields.roleHint.${account.role}`)}</span>
        </Definition>
        <Definition term={t("fields.grants")}>
          {account.grants.length === 0
            ? t("person.noGrants")
            : account.grants.map((grant) => (
                <span key={grant} className="block">
                  {t(`fields.grant.${grantKey(grant)}.label`)}
                </span>
              ))}
        </Definition>
        <Definition term={t("fields.limits")}>
          {account.spendLimits.length === 0
            ? t("person.noLimits")
            : account.spendLimits.map(({ currency, perDay }) => (
                <Money key={currency} amount={perDay} currency={currency} className="block" />
              ))}
        </Definition>
      </DefinitionList>
    </Section>
  );
}
