"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useId, useRef, useState } from "react";
import { proveAgainAction } from "#app/(console)/prove-action.ts";
import type { Proof } from "#components/access/use-proof.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { PROOF_MINUTES } from "#lib/access/proof-limits.ts";

/** Asks whoever sits at an open session for the password once more. */
export function ProofDialog({ proof }: { proof: Proof }) {
  return proof.asking ? <OpenProofDialog settle={proof.settle} /> : null;
}

type Problem =
  | { kind: "refused" | "elsewhere" | "unreachable" | "internal" | "ended" | "missing" }
  | { kind: "too_many"; seconds: number };

function OpenProofDialog({ settle }: { settle: Proof["settle"] }) {
  const t = useTranslations("reveal.proof");
  const form = useId();
  const field = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function prove(event: FormEvent) {
    event.preventDefault();
    const password = field.current?.value ?? "";
    if (busy) return;
    setBusy(true);
    const next = password ? await tryPassword(password) : ({ kind: "missing" } as const);
    setBusy(false);
    setProblem(next);
    if (next === null) settle(true);
    else field.current?.select();
  }

  return (
    <Dialog
      open
      size="sm"
      title={t("title")}
      description={t("body", { minutes: PROOF_MINUTES })}
      dismissable={!busy}
      onOpenChange={(open) => !open && settle(false)}
      footer={
        <>
          <Button disabled={busy} onClick={() => settle(false)}>
            {t("cancel")}
          </Button>
          <Button type="submit" form={form} variant="primary" busy={busy}>
            {t("confirm")}
          </Button>
        </>
      }
    >
      <form id={form} noValidate onSubmit={(event) => void prove(event)}>
        <Field label={t("password")} error={problem && <ProblemWords problem={problem} />}>
          {(control) => (
            <Input
              {...control}
              ref={field}
              data-autofocus
              type="password"
              name="password"
              autoComplete="current-password"
              autoCapitalize="none"
              spellCheck={false}
              maxLength={1_000}
              readOnly={busy}
            />
          )}
        </Field>
      </form>
    </Dialog>
  );
}

function ProblemWords({ problem }: { problem: Problem }) {
  const t = useTranslations("reveal.proof");
  const said =
    problem.kind === "too_many"
      ? t("tooMany", { minutes: Math.ceil(problem.seconds / 60) })
      : t(`problem.${problem.kind}`);
  return <span role="alert">{said}</span>;
}

/** Null where it was right. */
async function tryPassword(password: string): Promise<Problem | null> {
  const answer = await proveAgainAction(password).catch(() => null);
  if (!answer) return { kind: "unreachable" };
  if (!answer.ok) {
    return { kind: answer.problem.code === "unauthenticated" ? "ended" : "internal" };
  }
  const { value } = answer;
  switch (value.kind) {
    case "proved":
      return null;
    case "refused":
    case "elsewhere":
      return { kind: value.kind };
    case "too_many":
      return { kind: "too_many", seconds: value.retryAfterSeconds };
  }
}
