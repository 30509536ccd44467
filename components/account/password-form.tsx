"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import { changeOwnPasswordAction } from "#app/(console)/settings/account/actions.ts";
import { ActProblem } from "#components/acts/act-problem.tsx";
import { usePersonAct } from "#components/people/use-person-act.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { SHORTEST_PASSWORD } from "#lib/access/password-limits.ts";
import type { PasswordChange } from "#lib/access/people/change-own-password.ts";

/** The password of now, and the one to come. */
export function PasswordForm() {
  const t = useTranslations("account.password");
  const act = usePersonAct();
  const form = useRef<HTMLFormElement>(null);
  const [answer, setAnswer] = useState<PasswordChange | null>(null);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    const [current, next] = [String(typed.get("current") ?? ""), String(typed.get("next") ?? "")];
    const done = await act.run(() => changeOwnPasswordAction(current, next));
    setAnswer(done);
    if (done?.kind === "changed") form.current?.reset();
  }

  const shortest = { shortest: SHORTEST_PASSWORD };
  const common = { type: "password", autoCapitalize: "none", spellCheck: false, maxLength: 1_000 };
  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => void submit(event)}
      className="grid max-w-100 gap-4"
    >
      {answer?.kind === "changed" && (
        <Notice tone="done" live>
          {t("changed")}
        </Notice>
      )}
      {answer?.kind === "too_many" && (
        <Notice tone="look" live>
          {t("tooMany", { minutes: Math.ceil(answer.retryAfterSeconds / 60) })}
        </Notice>
      )}
      <Field
        label={t("current")}
        error={answer?.kind === "refused" && <span role="alert">{t("refused")}</span>}
        required
      >
        {(control) => (
          <Input {...control} {...common} name="current" autoComplete="current-password" />
        )}
      </Field>
      <Field
        label={t("next")}
        hint={t("hint", shortest)}
        error={
          answer?.kind === "weak" && (
            <span role="alert">{t(`weak.${answer.problem}`, shortest)}</span>
          )
        }
        required
      >
        {(control) => <Input {...control} {...common} name="next" autoComplete="new-password" />}
      </Field>
      {act.failure && <ActProblem failure={act.failure} words="people" />}
      <div>
        <Button type="submit" busy={act.busy}>
          {t("change")}
        </Button>
      </div>
    </form>
  );
}
