"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { invitePersonAction } from "#app/(console)/settings/people/actions.ts";
import { ActDialog } from "#components/acts/act-dialog.tsx";
import { readLimits } from "#components/people/limits-text.ts";
import { LinkDialog } from "#components/people/link-dialog.tsx";
import { type PersonDraft, PersonFields } from "#components/people/person-fields.tsx";
import { usePersonAct } from "#components/people/use-person-act.ts";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import type { UserLink } from "#lib/access/people/user-link.ts";
import type { Grant, Role } from "#lib/access/permissions.ts";

const EMPTY: PersonDraft = { name: "", role: "viewer", grants: [], limits: "" };

/** Adds somebody, and shows the link that he comes in by. */
export function InviteDialog({
  roles,
  grantable,
  onClose,
}: {
  roles: readonly Role[];
  grantable: readonly Grant[];
  onClose: () => void;
}) {
  const t = useTranslations("people.invite");
  const act = usePersonAct();
  const [email, setEmail] = useState("");
  const [draft, setDraft] = useState(EMPTY);
  const [wrong, setWrong] = useState<readonly string[]>([]);
  const [link, setLink] = useState<UserLink | null>(null);

  async function submit() {
    const spendLimits = readLimits(draft.limits);
    if (!spendLimits) return setWrong(["spendLimits"]);
    const { name, role, grants } = draft;
    const wish = { email, name, role, grants, spendLimits };
    const answer = await act.run(() => invitePersonAction(wish));
    if (answer?.kind === "invalid") setWrong(answer.fields);
    if (answer?.kind === "taken") setWrong(["taken"]);
    if (answer?.kind === "invited") setLink(answer.link);
  }

  if (link) return <LinkDialog link={link} name={draft.name} onClose={onClose} />;
  return (
    <ActDialog
      words="people"
      size="md"
      title={t("title")}
      description={t("body")}
      verb={t("verb")}
      act={act}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <Field
        label={t("email")}
        error={wrong.includes("taken") ? t("taken") : wrong.includes("email") && t("emailWrong")}
        required
      >
        {(control) => (
          <Input
            {...control}
            data-autofocus
            type="email"
            name="email"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={254}
            value={email}
            onChange={({ target }) => setEmail(target.value)}
          />
        )}
      </Field>
      <PersonFields
        draft={draft}
        roles={roles}
        grantable={grantable}
        wrong={wrong}
        onChange={setDraft}
      />
    </ActDialog>
  );
}
