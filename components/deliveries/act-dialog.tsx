"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useId } from "react";
import { DeliveryProblem } from "#components/deliveries/delivery-problem.tsx";
import type { DeliveryActing } from "#components/deliveries/use-delivery-act.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";

/** A form that does one thing to deliveries. It stays open until that is done or somebody leaves it. */
export function ActDialog({
  title,
  description,
  verb,
  danger = false,
  disabled = false,
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
  act: DeliveryActing;
  onSubmit: () => void;
  onClose: () => void;
  /** The fields. */
  children?: ReactNode;
}) {
  const t = useTranslations("deliveryActs");
  const form = useId();
  const { busy, failure } = act;
  function submit(event: FormEvent) {
    event.preventDefault();
    if (!busy && !disabled) onSubmit();
  }
  return (
    <Dialog
      open
      size="sm"
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
        {failure && <DeliveryProblem failure={failure} />}
      </form>
    </Dialog>
  );
}
