"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useId, useRef, useState } from "react";
import { ReasonField } from "#components/codes/reason-field.tsx";
import { RevealProblemNotice } from "#components/codes/reveal-problem.tsx";
import type { Reveal, RevealControl } from "#components/codes/use-reveal.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { SHOWN_SECONDS } from "#lib/codes/reveal-limits.ts";
import { SHORTEST_REASON } from "#lib/platform/reason-limits.ts";

const OFTEN = ["asked", "check", "complaint"] as const;

/** Asks why a code is opened, before it is. It stays open until the code is shown or somebody leaves it. */
export function RevealDialog({
  asking,
  control,
}: {
  asking: Extract<Reveal, { kind: "asking" }>;
  control: RevealControl;
}) {
  const t = useTranslations("reveal.dialog");
  const form = useId();
  const field = useRef<HTMLInputElement>(null);
  const [reason, setReason] = useState(control.lastReason);
  const [tried, setTried] = useState(false);
  const { busy, problem, code } = asking;
  const isShort = reason.trim().length < SHORTEST_REASON;

  function open(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (isShort) field.current?.focus();
    else void control.open(reason.trim());
  }

  return (
    <Dialog
      open
      size="sm"
      title={t("title")}
      description={t.rich("body", {
        mask: () => <code className="font-mono">{code.mask}</code>,
        seconds: SHOWN_SECONDS,
      })}
      dismissable={!busy}
      onOpenChange={(isOpen) => !isOpen && control.cancel()}
      footer={
        <>
          <Button disabled={busy} onClick={control.cancel}>
            {t("cancel")}
          </Button>
          <Button type="submit" form={form} variant="primary" busy={busy}>
            {t("open")}
          </Button>
        </>
      }
    >
      <form id={form} noValidate onSubmit={open} className="grid gap-3">
        <ReasonField
          ref={field}
          startHere
          value={reason}
          onValue={setReason}
          tried={tried}
          often={OFTEN.map((name) => t(`reasons.${name}`))}
          busy={busy}
        />
        {problem && <RevealProblemNotice problem={problem} />}
      </form>
    </Dialog>
  );
}
