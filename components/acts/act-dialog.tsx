"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, lazy, type ReactNode, Suspense, useId } from "react";
import { flushSync } from "react-dom";
import { ActProblem, type ActWords } from "#components/acts/act-problem.tsx";
import type { Act } from "#components/acts/use-act.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog, type DialogProps } from "#components/ui/dialog.tsx";

const ProofDialog = lazy(async () => ({
  default: (await import("#components/access/proof-dialog.tsx")).ProofDialog,
}));

/** A form that does one thing. It stays open until that is done or somebody leaves it. */
export function ActDialog({
  title,
  description,
  verb,
  danger = false,
  disabled = false,
  size = "sm",
  words,
  act,
  onSubmit,
  onClose,
  children,
}: {
  title: ReactNode;
  description?: ReactNode;
  /** The words of the button that does it. */
  verb: string;
  danger?: boolean;
  /** There is nothing to do. */
  disabled?: boolean;
  size?: DialogProps["size"];
  words: Exclude<ActWords, "audit">;
  act: Act;
  onSubmit: () => void;
  onClose: () => void;
  /** The fields. */
  children?: ReactNode;
}) {
  // i18n-use: inventory.cancel
  // i18n-use: deliveryActs.cancel
  // i18n-use: endpoints.cancel
  // i18n-use: escalation.cancel
  // i18n-use: alerts.cancel
  // i18n-use: balance.cancel
  // i18n-use: runbooks.cancel
  // i18n-use: supplierSettings.cancel
  // i18n-use: people.cancel
  // i18n-use: apiKeys.cancel
  // i18n-use: inbox.cancel
  const t = useTranslations(words);
  const form = useId();
  const { busy, failure, proof } = act;
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (busy || disabled) return;
    const { currentTarget: fields } = event;
    // What is missing is said by the same event, and may stand above what a phone shows.
    flushSync(onSubmit);
    fields.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }
  return (
    <>
      <Dialog
        open
        {...(size && { size })}
        title={title}
        description={description}
        dismissable={!busy}
        onOpenChange={(open) => !open && onClose()}
        footer={
          <>
            <Button disabled={busy} onClick={onClose}>
              {t("cancel")}
            </Button>
            <Button
              type="submit"
              form={form}
              variant={danger ? "danger" : "primary"}
              busy={busy}
              disabled={disabled}
              {...(!children && { "data-autofocus": true })}
            >
              {verb}
            </Button>
          </>
        }
      >
        <form id={form} noValidate onSubmit={submit} className="grid gap-4">
          {children}
          {failure && <ActProblem failure={failure} words={words} />}
        </form>
      </Dialog>
      <Suspense>{proof.asking && <ProofDialog proof={proof} />}</Suspense>
    </>
  );
}
