"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { acceptUserLinkAction } from "#app/invite/actions.ts";
import type { InviteStanding } from "#components/invite/invite-room.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { SHORTEST_PASSWORD } from "#lib/access/password-limits.ts";
import type { PasswordProblem } from "#lib/access/passwords/password-policy.ts";

type Problem = PasswordProblem | "unreachable" | null;

/** Sets the password of whoever the link is for. */
export function InviteForm({
  standing,
  token,
  onStanding,
}: {
  standing: Extract<InviteStanding, { kind: "open" }>;
  token: string;
  onStanding: (standing: InviteStanding) => void;
}) {
  // i18n-use: invite.invite
  // i18n-use: invite.reset
  const t = useTranslations("invite");
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    const answer = await acceptUserLinkAction(token, password).catch(() => null);
    setBusy(false);
    if (!answer?.ok) return setProblem("unreachable");
    if (answer.value.kind === "weak") return setProblem(answer.value.problem);
    onStanding(answer.value);
  }

  const isWeak = problem !== null && problem !== "unreachable";
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="grid gap-4">
      <p className="text-pretty text-ink-2">
        {t(standing.purpose, { name: standing.name, email: standing.email })}
      </p>
      {problem === "unreachable" && (
        <Notice tone="look" live>
          {t("unreachable")}
        </Notice>
      )}
      {/* For password managers: which account this is. */}
      <input type="hidden" name="username" autoComplete="username" value={standing.email} />
      <Field
        label={t("password")}
        hint={t("hint", { shortest: SHORTEST_PASSWORD })}
        error={
          isWeak && (
            <span role="alert">{t(`weak.${problem}`, { shortest: SHORTEST_PASSWORD })}</span>
          )
        }
        required
      >
        {(control) => (
          <Input
            {...control}
            type="password"
            name="password"
            autoComplete="new-password"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={1_000}
            value={password}
            onChange={({ target }) => setPassword(target.value)}
          />
        )}
      </Field>
      <Button type="submit" variant="primary" size="lg" busy={busy} className="w-full">
        {t("setPassword")}
      </Button>
    </form>
  );
}
