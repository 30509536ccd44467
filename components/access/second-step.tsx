"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import { passSecondStepAction } from "#app/login/actions.ts";
import { CodeField } from "#components/access/code-field.tsx";
import { Button } from "#components/ui/button.tsx";

type Problem = "missing" | "refused" | "ended" | "unreachable" | { minutes: number };

/** The second step of signing in: a code of the app, or a recovery code. */
export function SecondStep({ next }: { next: string }) {
  const t = useTranslations("secondFactor.step");
  const field = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    const code = field.current?.value.trim() ?? "";
    setBusy(true);
    const found = code ? await tryCode(code) : "missing";
    setProblem(found);
    // A whole new page: nothing of whoever was signed in before stays in memory.
    if (found === null) return window.location.assign(next);
    setBusy(false);
    field.current?.select();
  }

  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="grid gap-4">
      <p className="text-pretty text-ink-2">{t("body")}</p>
      <CodeField
        label={t("code")}
        hint={t("hint")}
        figures={false}
        field={field}
        error={
          problem &&
          (typeof problem === "string"
            ? t(`problem.${problem}`)
            : t("problem.tooMany", { minutes: problem.minutes }))
        }
      />
      <Button type="submit" variant="primary" size="lg" busy={busy} className="w-full">
        {t("goOn")}
      </Button>
    </form>
  );
}

/** Null where it was right. */
async function tryCode(code: string): Promise<Problem | null> {
  const answer = await passSecondStepAction(code).catch(() => null);
  if (!answer) return "unreachable";
  if (!answer.ok) return answer.problem.code === "unauthenticated" ? "ended" : "unreachable";
  const { value } = answer;
  switch (value.kind) {
    case "passed":
      return null;
    case "refused":
    case "ended":
      return value.kind;
    case "too_many":
      return { minutes: Math.ceil(value.retryAfterSeconds / 60) };
  }
}
