"use client";

import { Eye, EyeOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { useActionState, useEffect, useRef, useState } from "react";
import { type SignInAnswer, signIn } from "#components/access/sign-in.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Input } from "#components/ui/input.tsx";
import { Notice } from "#components/ui/notice.tsx";

type Problem = Exclude<SignInAnswer, { kind: "signed_in" }> | { kind: "missing" };
type State = { email: string; problem: Problem | null; tries: number; leaving: boolean };

function startWith(problem: Problem | null): State {
  return { email: "", problem, tries: 0, leaving: false };
}

/** E-mail and password. `unavailable` says at once that signing in can't work at the moment. */
export function SignInForm({ next, unavailable }: { next: string; unavailable: boolean }) {
  const t = useTranslations("access");
  const problemText = useProblemText();
  const form = useRef<HTMLFormElement>(null);
  const [shown, setShown] = useState(false);

  // An action rather than onSubmit: React keeps a submit from before it was ready and replays it.
  const [state, submit, pending] = useActionState(
    async (before: State, data: FormData): Promise<State> => {
      const email = String(data.get("email") ?? "").trim();
      const password = String(data.get("password") ?? "");
      const tries = before.tries + 1;
      if (!email || !password) {
        return { email, problem: { kind: "missing" }, tries, leaving: false };
      }
      const answer = await signIn(email, password);
      if (answer.kind !== "signed_in") return { email, problem: answer, tries, leaving: false };
      // A whole new page: nothing of whoever was signed in before stays in memory.
      window.location.assign(next);
      return { email, problem: null, tries, leaving: true };
    },
    startWith(unavailable ? { kind: "unavailable" } : null),
  );

  useEffect(() => {
    if (!state.problem || state.tries === 0) return;
    const field = state.email ? "password" : "email";
    form.current?.querySelector<HTMLInputElement>(`[name=${field}]`)?.focus();
  }, [state]);

  const wrong = state.problem?.kind === "refused";
  return (
    <form ref={form} action={submit} noValidate className="grid gap-4">
      {state.problem && (
        <Notice key={state.tries} tone={wrong ? "risk" : "look"} live>
          {problemText(state.problem)}
        </Notice>
      )}
      <Field label={t("email")}>
        {(control) => (
          <Input
            type="email"
            name="email"
            autoComplete="username"
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
            maxLength={254}
            defaultValue={state.email}
            autoFocus
            {...control}
          />
        )}
      </Field>
      <Field label={t("password")}>
        {(control) => (
          <span className="relative block">
            <Input
              type={shown ? "text" : "password"}
              name="password"
              autoComplete="current-password"
              autoCapitalize="none"
              spellCheck={false}
              maxLength={1_000}
              className="pr-(--control)"
              {...control}
            />
            <IconButton
              label={shown ? t("hidePassword") : t("showPassword")}
              onClick={() => setShown(!shown)}
              className="absolute! inset-y-0 right-0 rounded-l-none"
            >
              {shown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
            </IconButton>
          </span>
        )}
      </Field>
      <Button
        type="submit"
        variant="primary"
        size="lg"
        busy={pending || state.leaving}
        className="w-full"
      >
        {t("signIn")}
      </Button>
    </form>
  );
}

function useProblemText(): (problem: Problem) => string {
  const t = useTranslations("access");
  return (problem) => {
    switch (problem.kind) {
      case "too_many": {
        const { retryAfterSeconds: seconds } = problem;
        return seconds < 60
          ? t("problem.tooManySeconds", { count: seconds })
          : t("problem.tooManyMinutes", { count: Math.ceil(seconds / 60) });
      }
      case "missing":
      case "refused":
      case "unavailable":
      case "unreachable":
        return t(`problem.${problem.kind}`);
      case "no_cookie":
        return t("problem.noCookie");
    }
  };
}
