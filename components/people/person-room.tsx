"use client";

import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import { endSessionsAction } from "#app/(console)/settings/people/actions.ts";
import { ActProblem } from "#components/acts/act-problem.tsx";
import { KeysNotice } from "#components/people/keys-notice.tsx";
import { PersonDialog, type PersonQuestion } from "#components/people/person-dialog.tsx";
import { grantKey } from "#components/people/person-fields.tsx";
import { SessionsList } from "#components/people/sessions-list.tsx";
import { StandingBadge } from "#components/people/standing-badge.tsx";
import { usePersonAct } from "#components/people/use-person-act.ts";
import { Button } from "#components/ui/button.tsx";
import { Definition, DefinitionList } from "#components/ui/definition-list.tsx";
import { Money } from "#components/ui/money.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Section } from "#components/ui/section.tsx";
import { ExactTime, RelativeTime } from "#components/ui/time.tsx";
import type { PersonDetail } from "#lib/access/people/types.ts";

const ProofDialog = lazy(async () => ({
  default: (await import("#components/access/proof-dialog.tsx")).ProofDialog,
}));

/** One person: what he may do, where he is signed in, and what can be done about either. */
export function PersonRoom({ person }: { person: PersonDetail }) {
  const t = useTranslations("people.person");
  const act = usePersonAct();
  const [question, setQuestion] = useState<PersonQuestion | null>(null);
  const { mayTouch, standing, sessions } = person;
  const isDisabled = standing === "disabled";
  const end = (id: string | null) => void act.run(() => endSessionsAction(person.id, id));
  return (
    <>
      <PageHeader
        title={person.name}
        badge={<StandingBadge standing={standing} />}
        meta={<span className="wrap-anywhere">{person.email}</span>}
        longTitle
        action={
          mayTouch && (
            <>
              <Button onClick={() => setQuestion("change")} variant="primary">
                {t("change")}
              </Button>
              {!isDisabled && (
                <Button onClick={() => setQuestion("link")}>
                  {t(standing === "invited" ? "inviteAgain" : "reset")}
                </Button>
              )}
              {person.hasSecondFactor && (
                <Button onClick={() => setQuestion("factor")}>{t("endFactor")}</Button>
              )}
              {person.signsInElsewhere && (
                <Button onClick={() => setQuestion("elsewhere")}>{t("disconnect")}</Button>
              )}
              <Button onClick={() => setQuestion(isDisabled ? "enable" : "disable")}>
                {t(isDisabled ? "enable" : "disable")}
              </Button>
            </>
          )
        }
      />
      {!mayTouch && (
        <div className="px-gutter pb-4">
          <Notice>{t(person.isYou ? "isYou" : "isOwner")}</Notice>
        </div>
      )}
      {person.link && (
        <div className="px-gutter pb-4">
          <Notice>
            {t.rich(`open.${person.link.kind}`, {
              at: () => <ExactTime at={person.link?.expiresAt ?? ""} focusable={false} />,
            })}
          </Notice>
        </div>
      )}
      {person.keys.length > 0 && (
        <div className="px-gutter pb-4">
          <KeysNotice keys={person.keys} />
        </div>
      )}
      <Facts person={person} />
      <Section
        title={t("sessions")}
        description={t("sessionsBody")}
        action={
          mayTouch &&
          sessions.length > 0 && (
            <Button size="sm" disabled={act.busy} onClick={() => end(null)}>
              {t("endAll")}
            </Button>
          )
        }
      >
        {act.failure && (
          <div className="pb-3">
            <ActProblem failure={act.failure} words="people" />
          </div>
        )}
        <SessionsList sessions={sessions} busy={act.busy} onEnd={mayTouch ? end : null} />
      </Section>
      {question && (
        <PersonDialog question={question} person={person} onClose={() => setQuestion(null)} />
      )}
      <Suspense>{act.proof.asking && <ProofDialog proof={act.proof} />}</Suspense>
    </>
  );
}

function Facts({ person }: { person: PersonDetail }) {
  const t = useTranslations("people.person");
  const fields = useTranslations("people.fields");
  const roleName = useTranslations("common.role");
  return (
    <Section title={t("rights")}>
      <DefinitionList columns>
        <Definition term={fields("role")}>
          {roleName(person.role)}
          <span className="block text-xs text-ink-2">{fields(`roleHint.${person.role}`)}</span>
        </Definition>
        <Definition term={fields("grants")}>
          {person.grants.length === 0
            ? t("noGrants")
            : person.grants.map((grant) => (
                <span key={grant} className="block">
                  {fields(`grant.${grantKey(grant)}.label`)}
                </span>
              ))}
        </Definition>
        <Definition term={fields("limits")}>
          {person.spendLimits.length === 0
            ? t("noLimits")
            : person.spendLimits.map(({ currency, perDay }) => (
                <Money key={currency} amount={perDay} currency={currency} className="block" />
              ))}
        </Definition>
        <Definition term={t("secondFactor")}>
          {t(person.hasSecondFactor ? "hasFactor" : "noFactor")}
        </Definition>
        <Definition term={t("signsIn")}>
          {person.hasPassword
            ? t(person.signsInElsewhere ? "both" : "password")
            : t(person.signsInElsewhere ? "elsewhere" : "notYet")}
        </Definition>
        <Definition term={t("lastIn")}>
          {person.lastSignedInAt ? <RelativeTime at={person.lastSignedInAt} /> : t("never")}
        </Definition>
      </DefinitionList>
    </Section>
  );
}
