"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useRef, useState } from "react";
import type { ActionResult } from "#app/_server/run-action.ts";
import { DecisionOutcome, type Outcome } from "#components/reconcile/decision-outcome.tsx";
import { reasonProblem } from "#components/reconcile/decision-reason.ts";
import type { Handling } from "#components/reconcile/use-question.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { LONGEST_REASON, SHORTEST_REASON } from "#lib/platform/reason-limits.ts";
import type { DecisionResult } from "#lib/reconcile/types.ts";

export type Send = (reason: string) => Promise<ActionResult<DecisionResult>>;

/**
 * Asks before a decision is taken: what will happen, and why. It stays open until the decision is taken or somebody leaves it.
 */
export function DecisionDialog({
  title,
  verb,
  danger = false,
  missing = null,
  reason,
  onReason,
  send,
  onAnswer,
  onDecided,
  onClose,
  children,
}: Handling & {
  title: ReactNode;
  /** The words of the deciding button. */
  verb: string;
  danger?: boolean;
  /** What the children ask for and nobody has answered; a sentence. */
  missing?: string | null;
  send: Send;
  /** What will happen, and what speaks against it. */
  children: ReactNode;
}) {
  const t = useTranslations("reconcile.dialog");
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const problem = reasonProblem(reason);
  // The picture that this dialog speaks of is gone: it has to be looked at anew.
  const over = outcome?.kind === "picture_changed";

  async function decide() {
    setTried(true);
    if (problem && !missing) field.current?.focus();
    if (problem || missing || busy) return;
    setBusy(true);
    setOutcome(null);
    const answer = await send(reason.trim()).catch(() => null);
    setBusy(false);
    onAnswer();
    if (!answer) setOutcome({ kind: "unreachable" });
    else if (!answer.ok) setOutcome({ kind: "problem", problem: answer.problem });
    else if (answer.value.kind === "done" || answer.value.kind === "proposed") {
      onDecided(answer.value.kind);
    } else setOutcome(answer.value);
  }

  return (
    <Dialog
      open
      title={title}
      dismissable={!busy}
      onOpenChange={(open) => !open && onClose()}
      footer={
        <>
          <Button disabled={busy} onClick={onClose}>
            {t(over ? "look" : "back")}
          </Button>
          {!over && (
            <Button variant={danger ? "danger" : "primary"} busy={busy} onClick={decide}>
              {verb}
            </Button>
          )}
        </>
      }
    >
      <div className="grid gap-4">
        {children}
        {tried && missing && (
          <p role="alert" className="-mt-2 text-xs text-risk">
            {missing}
          </p>
        )}
        <Field
          label={t("reason")}
          hint={t("reasonHint", { shortest: SHORTEST_REASON, longest: LONGEST_REASON })}
          aside={
            reason.length > LONGEST_REASON - 100 && (
              <span>
                {reason.trim().length}/{LONGEST_REASON}
              </span>
            )
          }
          error={
            tried &&
            problem &&
            t(`reasonProblem.${problem}`, { shortest: SHORTEST_REASON, longest: LONGEST_REASON })
          }
          required
        >
          {(control) => (
            <Textarea
              {...control}
              ref={field}
              data-autofocus
              value={reason}
              readOnly={busy || over}
              onChange={({ target }) => onReason(target.value)}
            />
          )}
        </Field>
        {/* A listing takes as long as the supplier does. */}
        <p role="status" className="text-xs text-ink-2 empty:hidden">
          {busy && t("listing")}
        </p>
        {outcome && <DecisionOutcome outcome={outcome} />}
      </div>
    </Dialog>
  );
}
