"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import {
  changePersonAction,
  disablePersonAction,
  disconnectPersonAction,
  enablePersonAction,
  endSecondFactorAction,
  personLinkAction,
} from "#app/(console)/settings/people/actions.ts";
import { ActDialog } from "#components/acts/act-dialog.tsx";
import { useReason } from "#components/acts/use-reason.tsx";
import { KeysNotice } from "#components/people/keys-notice.tsx";
import { limitsText, readLimits } from "#components/people/limits-text.ts";
import { LinkDialog } from "#components/people/link-dialog.tsx";
import { PersonFields } from "#components/people/person-fields.tsx";
import { usePersonAct } from "#components/people/use-person-act.ts";
import { Notice } from "#components/ui/notice.tsx";
import type { PersonDetail } from "#lib/access/people/types.ts";
import type { UserLink } from "#lib/access/people/user-link.ts";

export type PersonQuestion = "change" | "link" | "factor" | "elsewhere" | "disable" | "enable";
type Props = { person: PersonDetail; onClose: () => void };

/** The dialogs of a person's page. */
export function PersonDialog({ question, ...props }: Props & { question: PersonQuestion }) {
  switch (question) {
    case "change":
      return <ChangeDialog {...props} />;
    case "link":
      return <NewLinkDialog {...props} />;
    case "factor":
    case "elsewhere":
    case "disable":
      return <ReasonDialog what={question} {...props} />;
    case "enable":
      return <EnableDialog {...props} />;
  }
}

function ChangeDialog({ person, onClose }: Props) {
  const t = useTranslations("people.change");
  const act = usePersonAct();
  const [draft, setDraft] = useState({
    ...{ name: person.name, role: person.role, grants: person.grants },
    limits: limitsText(person.spendLimits),
  });
  const [wrong, setWrong] = useState<readonly string[]>([]);
  const [isLast, setIsLast] = useState(false);
  async function submit() {
    const spendLimits = readLimits(draft.limits);
    if (!spendLimits) return setWrong(["spendLimits"]);
    const { name, role, grants } = draft;
    const wish = { id: person.id, name, role, grants, spendLimits };
    const answer = await act.run(() => changePersonAction(wish));
    setIsLast(answer?.kind === "last_owner");
    if (answer?.kind === "invalid") setWrong(answer.fields);
    if (answer?.kind === "saved") onClose();
  }
  return (
    <ActDialog
      words="people"
      size="md"
      title={t("title", { name: person.name })}
      description={t("body")}
      verb={t("verb")}
      act={act}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <PersonFields
        draft={draft}
        roles={person.roles}
        grantable={person.grantable}
        wrong={wrong}
        onChange={setDraft}
      />
      <KeysNotice keys={person.keys} />
      {isLast && <LastOwner />}
    </ActDialog>
  );
}

/** What is done to somebody for a reason. */
const REASONED = {
  factor: endSecondFactorAction,
  elsewhere: disconnectPersonAction,
  disable: disablePersonAction,
} as const;

function ReasonDialog({ what, person, onClose }: Props & { what: keyof typeof REASONED }) {
  // i18n-use: people.factor.*
  // i18n-use: people.elsewhere.*
  // i18n-use: people.disable.*
  const t = useTranslations(`people.${what}`);
  const act = usePersonAct();
  const reason = useReason("people.reason");
  const [isLast, setIsLast] = useState(false);
  async function submit() {
    const why = reason.take();
    if (!why) return;
    const answer = await act.run<unknown>(() => REASONED[what](person.id, why));
    const last = (answer as { kind?: string } | null)?.kind === "last_owner";
    setIsLast(last);
    if (answer && !last) onClose();
  }
  return (
    <ActDialog
      words="people"
      title={t("title", { name: person.name })}
      description={t("body")}
      verb={t("verb")}
      danger
      act={act}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      {reason.field}
      {what === "disable" && <KeysNotice keys={person.keys} />}
      {isLast && <LastOwner />}
    </ActDialog>
  );
}

function EnableDialog({ person, onClose }: Props) {
  const t = useTranslations("people.enable");
  const act = usePersonAct();
  async function submit() {
    if (await act.run(() => enablePersonAction(person.id))) onClose();
  }
  return (
    <ActDialog
      words="people"
      title={t("title", { name: person.name })}
      description={t("body")}
      verb={t("verb")}
      act={act}
      onSubmit={() => void submit()}
      onClose={onClose}
    />
  );
}

function NewLinkDialog({ person, onClose }: Props) {
  const kind = person.standing === "invited" ? "invite" : "reset";
  // i18n-use: people.newLink.*
  const t = useTranslations(`people.newLink.${kind}`);
  const act = usePersonAct();
  const [link, setLink] = useState<UserLink | null>(null);
  async function submit() {
    setLink(await act.run(() => personLinkAction(person.id)));
  }
  if (link) return <LinkDialog link={link} name={person.name} onClose={onClose} />;
  return (
    <ActDialog
      words="people"
      title={t("title", { name: person.name })}
      description={t("body")}
      verb={t("verb")}
      act={act}
      onSubmit={() => void submit()}
      onClose={onClose}
    />
  );
}

function LastOwner() {
  const t = useTranslations("people");
  return (
    <Notice tone="look" live>
      {t("lastOwner")}
    </Notice>
  );
}
